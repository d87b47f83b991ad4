#define _GNU_SOURCE
#include "CCredentials.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct {
    uint32_t uid, gid;
    uint32_t *groups;
    size_t count;
} identity;

int nnd_can_open_as_others(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {0};
    if (syscall(SYS_capget, &header, data) != 0) return 0;
    const uint32_t needed = 1u << CAP_SETUID | 1u << CAP_SETGID;
    const uint32_t beyond = 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH;
    if ((data[0].effective & needed) != needed) return 0;
    /* The kernel takes these from a thread whose file-system user stops being root, and from no other. */
    return geteuid() == 0 || (data[0].effective & beyond) == 0;
}

/* The thread's groups as the kernel has them. Returns 0, or an error number. */
static int read_groups(uint32_t **groups, size_t *count)
{
    long length = syscall(SYS_getgroups, 0, NULL);
    if (length < 0) return errno;
    *groups = malloc(((size_t)length + 1) * sizeof **groups);
    if (*groups == NULL) return ENOMEM;
    length = syscall(SYS_getgroups, length, *groups);
    if (length < 0) {
        int error = errno;
        free(*groups);
        return error;
    }
    *count = (size_t)length;
    return 0;
}

static int contains(const uint32_t *groups, size_t count, uint32_t group)
{
    for (size_t i = 0; i < count; i++)
        if (groups[i] == group) return 1;
    return 0;
}

/* Whether the thread is what it should be. setfsuid and setfsgid say nothing of failure; asked for what nobody can be,
   they tell what there is. */
static int is(const identity *wanted)
{
    if ((uint32_t)syscall(SYS_setfsuid, -1) != wanted->uid) return 0;
    if ((uint32_t)syscall(SYS_setfsgid, -1) != wanted->gid) return 0;
    uint32_t *groups;
    size_t count;
    if (read_groups(&groups, &count) != 0) return 0;
    int same = count == wanted->count;
    for (size_t i = 0; same && i < count; i++) same = contains(wanted->groups, wanted->count, groups[i]);
    free(groups);
    return same;
}

static int become(const identity *wanted)
{
    if (syscall(SYS_setgroups, wanted->count, wanted->groups) != 0) return 0;
    syscall(SYS_setfsgid, wanted->gid);
    syscall(SYS_setfsuid, wanted->uid);
    return is(wanted);
}

static int open_plainly(const char *path)
{
    /* Without O_NONBLOCK a pipe would be waited for. */
    struct open_how how = {
        .flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
        .resolve = RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
}

int nnd_open_as(const char *path, uint32_t uid, uint32_t gid, const uint32_t *groups, size_t count, int *error,
                int *changed)
{
    *changed = 0;
    identity own = {.uid = (uint32_t)syscall(SYS_setfsuid, -1), .gid = (uint32_t)syscall(SYS_setfsgid, -1)};
    *error = read_groups(&own.groups, &own.count);
    if (*error != 0) return -1;
    identity other = {.uid = uid, .gid = gid, .groups = (uint32_t *)groups, .count = count};

    /* No handler of a signal runs on this thread meanwhile. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int descriptor = -1;
    *error = EPERM;
    if (become(&other)) {
        *changed = 1;
        descriptor = open_plainly(path);
        if (descriptor < 0) *error = errno;
    }
    /* A thread of somebody else's rights must not live on. */
    if (!become(&own) && !is(&own)) abort();
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(own.groups);
    return descriptor;
}
