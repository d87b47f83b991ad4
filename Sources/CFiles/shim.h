#include <sys/uio.h>

/* What <fcntl.h> and <sys/uio.h> declare only where _GNU_SOURCE is defined, which Swift's importer does not. <fcntl.h>
   itself stays out: with it `struct stat` would belong to another module in the rooms that import this one. */

/* O_TMPFILE: a file without a name in the directory that is opened. */
#if defined(__aarch64__)
static const int nnd_o_tmpfile = 020000000 | 040000;
#else
static const int nnd_o_tmpfile = 020000000 | 0200000;
#endif

/* RWF_NOWAIT: read what is in the page cache and no more. */
static const int nnd_rwf_nowait = 8;

extern ssize_t preadv2(int descriptor, const struct iovec *parts, int count, off_t offset, int flags);
