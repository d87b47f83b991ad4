#define _GNU_SOURCE
#include "CCrashes.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char note[PATH_MAX];
static struct sigaction before[NSIG];

/* Calls only what signal-safety(7) allows. */
static void handle(int number, siginfo_t *info, void *context)
{
    (void)context;
    int error = errno;
    int descriptor = open(note, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor >= 0) close(descriptor);
    errno = error;
    sigaction(number, &before[number], NULL);
    /* A fault comes again as its instruction is repeated. What was sent has to be sent again, and a trap's instruction is
       behind us. */
    if (info->si_code <= 0 || number == SIGTRAP) raise(number);
}

int nnd_note_crashes(const char *path)
{
    static const int faults[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};
    size_t length = strlen(path);
    if (length >= sizeof note) return ENAMETOOLONG;
    memcpy(note, path, length + 1);
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (sigaction(faults[i], &action, &before[faults[i]]) != 0) return errno;
    return 0;
}
