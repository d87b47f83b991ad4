#ifndef CCREDENTIALS_H
#define CCREDENTIALS_H

#include <stddef.h>
#include <stdint.h>

/* Files opened as another user. What is changed for that is changed for the calling thread alone: the system calls are
   made directly, because the C library's setgroups() changes all threads of the process. */

/* Whether this process may open files as others do, and the kernel would then check no more than those others' rights. */
int nnd_can_open_as_others(void);

/* Opens `path` for reading with the file-system user, group and supplementary groups given, and takes the calling
   thread's own again before it returns; aborts the process if it cannot take them again. Follows symbolic links, but none
   of /proc's links to what a process has open, which know nothing of the directories that a file lies in.

   Returns the descriptor, or -1 with an error number in `error`, and in `changed` whether the other user's rights were
   there when it failed. */
int nnd_open_as(const char *path, uint32_t uid, uint32_t gid, const uint32_t *groups, size_t count, int *error,
                int *changed);

#endif
