#ifndef NND_MPI_CALLS_H
#define NND_MPI_CALLS_H

#include <stddef.h>
#include <stdint.h>

/* Which of the processes this is. */
struct nnd_mpi_place {
    int rank;
    int count;
    /* How many of them run on this machine. */
    int on_host;
};

/*
 * The calls of MPI that are made, of one implementation: each implementation has constants and types of its own, so this
 * header has none of them.
 *
 * All are made by the thread that called `start` (MPI_THREAD_FUNNELED), by all processes in the same order. They return 0,
 * or an error that `describe` puts into words. Sizes are in bytes, one for each process, and may be beyond 2^31. Parts lie one
 * behind the other in the order of the processes.
 */
struct nnd_mpi_calls {
    /* Begins. No message is longer than `longest` bytes; a longer one is sent in parts. */
    int (*start)(int64_t longest, struct nnd_mpi_place *place);
    /* Process 0's data, to all. */
    int (*broadcast)(void *data, int64_t size);
    /* Everybody's part, to all. The own part is in its place already. */
    int (*allgather)(void *data, const int64_t *sizes);
    /* Everybody's part, to process 0. The own part is in its place already. */
    int (*gather)(void *data, const int64_t *sizes);
    /* To each process its part, and from each. `most` is the same to all: nobody sends or receives more in all. */
    int (*exchange)(
        const void *sent, const int64_t *sent_sizes, void *received, const int64_t *received_sizes,
        int64_t most);
    void (*describe)(int error, char *text, size_t size);
    int (*finish)(void);
    /* Ends all processes with this status. */
    void (*abort)(int status);
    /* No call of MPI: has the system kill this process, even a stopped one, when the one that started it ends, as long as the
       calling thread lives. Returns 0 if that has ended already. */
    int (*end_with_parent)(void);
};

#endif
