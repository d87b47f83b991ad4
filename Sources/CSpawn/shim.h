#include <spawn.h>

/* What <spawn.h> declares only where _GNU_SOURCE is defined, which Swift's importer does not. */

/* POSIX_SPAWN_SETSID: a session of its own. */
static const short nnd_spawn_setsid = 0x80;

/* Closes every descriptor from `from` on in the new process (glibc 2.34). */
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
