/* Preloaded into the daemon: while the file $NND_FAULT is there, writes to the database and its log fail with the number
   that is in it, as in errno.  cc -shared -fPIC -o writes.so writes.c */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fault(int descriptor) {
    char name[64], path[4096];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (!strstr(path, "nnd.sqlite")) return 0;
    const char *flag = getenv("NND_FAULT");
    FILE *file = flag ? fopen(flag, "r") : NULL;
    if (!file) return 0;
    int number = 0;
    if (fscanf(file, "%d", &number) != 1) number = 0;
    fclose(file);
    return number;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    static ssize_t (*next)(int, const void *, size_t, off64_t);
    if (!next) next = dlsym(RTLD_NEXT, "pwrite64");
    int number = fault(descriptor);
    if (number) {
        errno = number;
        return -1;
    }
    return next(descriptor, bytes, count, offset);
}
