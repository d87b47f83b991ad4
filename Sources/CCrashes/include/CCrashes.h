#ifndef CCRASHES_H
#define CCRASHES_H

/* From here on a file is made at `path` when this process is about to end by a signal that tells of a fault of its own, an
   abort or a trap; SIGKILL, which nobody can see coming, is none. Whoever handled these signals before still does. Returns 0,
   or an error number. */
int nnd_note_crashes(const char *path);

#endif
