/*
 * The calls of mpi_calls.h, compiled once for each implementation: define NND_MPI_CALLS, the name of the function that returns
 * them, and NND_MPI_SETTINGS if something is to be called before MPI begins, and include this.
 *
 * All operations are begun and then tested until they are done, instead of the blocking ones, which keep a core busy while they
 * wait: where several processes share a core that would keep the one from running that is waited for.
 */
#include "mpi_calls.h"

#include <limits.h>
#include <mpi.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static int rank, count;
static int64_t longest;

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Spins for a moment, then lets others run, then sleeps: a command of process 0 may be long in coming. */
static int wait_for(MPI_Request *requests, int number) {
    double begin = 0;
    for (int turn = 0;; turn++) {
        int done = 0;
        int error = MPI_Testall(number, requests, &done, MPI_STATUSES_IGNORE);
        if (error != MPI_SUCCESS || done) return error;
        if (turn < 100) continue;
        double now = seconds();
        if (begin == 0) begin = now;
        if (now - begin < 2e-3) {
            sched_yield();
        } else {
            struct timespec pause = {0, 100000};
            nanosleep(&pause, NULL);
        }
    }
}

static int start(int64_t longest_message, struct nnd_mpi_place *place) {
#ifdef NND_MPI_SETTINGS
    NND_MPI_SETTINGS();
#endif
    int provided = 0;
    int error = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
    if (error != MPI_SUCCESS) return error;
    if (provided < MPI_THREAD_FUNNELED) return MPI_ERR_OTHER;
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    longest = longest_message < 1 ? 1 : least(longest_message, INT_MAX);
    if ((error = MPI_Comm_rank(MPI_COMM_WORLD, &rank)) != MPI_SUCCESS) return error;
    if ((error = MPI_Comm_size(MPI_COMM_WORLD, &count)) != MPI_SUCCESS) return error;
    MPI_Comm host;
    error = MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank, MPI_INFO_NULL, &host);
    if (error != MPI_SUCCESS) return error;
    MPI_Comm_size(host, &place->on_host);
    MPI_Comm_free(&host);
    place->rank = rank;
    place->count = count;
    return 0;
}

static int broadcast_from(int root, char *data, int64_t size) {
    for (int64_t done = 0; done < size;) {
        int64_t part = least(size - done, longest);
        MPI_Request request;
        int error = MPI_Ibcast(data + done, (int)part, MPI_BYTE, root, MPI_COMM_WORLD, &request);
        if (error == MPI_SUCCESS) error = wait_for(&request, 1);
        if (error != MPI_SUCCESS) return error;
        done += part;
    }
    return 0;
}

static int broadcast(void *data, int64_t size) { return broadcast_from(0, data, size); }

/* The sizes and places as MPI takes them; 0 where it does not, because there is more in all than it can count. */
static int fit(const int64_t *sizes, int *counts, int *places) {
    int64_t total = 0;
    for (int other = 0; other < count; other++) {
        if (sizes[other] > longest - total) return 0;
        counts[other] = (int)sizes[other];
        places[other] = (int)total;
        total += sizes[other];
    }
    return 1;
}

static int64_t place_of(const int64_t *sizes, int other) {
    int64_t place = 0;
    for (int before = 0; before < other; before++) place += sizes[before];
    return place;
}

static int allgather(void *data, const int64_t *sizes) {
    int counts[count], places[count];
    if (fit(sizes, counts, places)) {
        MPI_Request request;
        int error = MPI_Iallgatherv(
            MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, data, counts, places, MPI_BYTE, MPI_COMM_WORLD, &request);
        return error == MPI_SUCCESS ? wait_for(&request, 1) : error;
    }
    for (int other = 0; other < count; other++) {
        int error = broadcast_from(other, (char *)data + place_of(sizes, other), sizes[other]);
        if (error != MPI_SUCCESS) return error;
    }
    return 0;
}

/* Sends to one process and receives from another, in parts. Either may be nothing. */
static int pass_on(
    const char *sent, int64_t sent_size, int to, char *received, int64_t received_size, int from) {
    for (int64_t done = 0; done < sent_size || done < received_size; done += longest) {
        MPI_Request requests[2] = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};
        int error = MPI_SUCCESS;
        if (done < received_size) {
            int part = (int)least(received_size - done, longest);
            error = MPI_Irecv(received + done, part, MPI_BYTE, from, 0, MPI_COMM_WORLD, &requests[0]);
        }
        if (error == MPI_SUCCESS && done < sent_size) {
            int part = (int)least(sent_size - done, longest);
            error = MPI_Isend(sent + done, part, MPI_BYTE, to, 0, MPI_COMM_WORLD, &requests[1]);
        }
        if (error == MPI_SUCCESS) error = wait_for(requests, 2);
        if (error != MPI_SUCCESS) return error;
    }
    return 0;
}

static int gather(void *data, const int64_t *sizes) {
    int counts[count], places[count];
    if (fit(sizes, counts, places)) {
        MPI_Request request;
        char *own = (char *)data + places[rank];
        int error =
            rank == 0
                ? MPI_Igatherv(
                      MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, data, counts, places, MPI_BYTE, 0, MPI_COMM_WORLD,
                      &request)
                : MPI_Igatherv(
                      own, counts[rank], MPI_BYTE, NULL, NULL, NULL, MPI_DATATYPE_NULL, 0, MPI_COMM_WORLD,
                      &request);
        return error == MPI_SUCCESS ? wait_for(&request, 1) : error;
    }
    if (rank != 0) return pass_on((char *)data + place_of(sizes, rank), sizes[rank], 0, NULL, 0, 0);
    for (int other = 1; other < count; other++) {
        int error = pass_on(NULL, 0, 0, (char *)data + place_of(sizes, other), sizes[other], other);
        if (error != MPI_SUCCESS) return error;
    }
    return 0;
}

static int exchange(
    const void *sent, const int64_t *sent_sizes, void *received, const int64_t *received_sizes,
    int64_t most) {
    int sent_counts[count], sent_places[count], received_counts[count], received_places[count];
    /* All must choose the same way, and each knows its own sizes alone. */
    if (most <= longest && fit(sent_sizes, sent_counts, sent_places)
        && fit(received_sizes, received_counts, received_places)) {
        MPI_Request request;
        int error = MPI_Ialltoallv(
            sent, sent_counts, sent_places, MPI_BYTE, received, received_counts, received_places, MPI_BYTE,
            MPI_COMM_WORLD, &request);
        return error == MPI_SUCCESS ? wait_for(&request, 1) : error;
    }
    for (int distance = 0; distance < count; distance++) {
        int to = (rank + distance) % count, from = (rank - distance + count) % count;
        int error = pass_on(
            (const char *)sent + place_of(sent_sizes, to), sent_sizes[to], to,
            (char *)received + place_of(received_sizes, from), received_sizes[from], from);
        if (error != MPI_SUCCESS) return error;
    }
    return 0;
}

static void describe(int error, char *text, size_t size) {
    char whole[MPI_MAX_ERROR_STRING];
    int length = 0;
    if (MPI_Error_string(error, whole, &length) != MPI_SUCCESS) length = 0;
    snprintf(text, size, "%.*s", length, whole);
}

static int finish(void) { return MPI_Finalize(); }

static void abort_all(int status) { MPI_Abort(MPI_COMM_WORLD, status); }

static int end_with_parent(void) {
    pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return getppid() == parent;
}

const struct nnd_mpi_calls *NND_MPI_CALLS(void) {
    static const struct nnd_mpi_calls calls = {
        start, broadcast, allgather, gather, exchange, describe, finish, abort_all, end_with_parent,
    };
    return &calls;
}
