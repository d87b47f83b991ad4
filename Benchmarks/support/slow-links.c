/*
 * The network between the hosts of Benchmarks/support/hosts.py where the kernel cannot delay packets: a switch in this process, with a
 * link of its own to each of the network namespaces named.
 *
 * usage: slow-links MEGABITS MILLISECONDS NAMESPACE…
 *
 * Makes a device `eth0` in each namespace and passes Ethernet frames on between them. A frame takes its length over the bandwidth on
 * the sender's link, then half of the milliseconds, then the same on the receiver's link: so links are limited in both
 * directions, and a packet and its answer take twice the milliseconds longer. What would wait for more than 100 ms for a link is dropped, as by
 * tc-tbf(8). Says `ready` when the devices are there, and ends with its standard input.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { PORTS = 64, FRAME = 2048, LONGEST_WAIT = 100000000 };

struct frame {
    struct frame *next;
    int64_t due;
    /* The port; -1 for all but the sender's. */
    int to;
    int length;
    unsigned char bytes[FRAME];
};

/* In the order in which they are due. */
struct queue {
    struct frame *first, **last;
};

/* Of one direction of a link: when it is free again. */
struct link {
    int64_t free;
};

struct port {
    int tap;
    unsigned char address[6];
    int is_known;
    struct link up, down;
    /* What the host has sent, due when it comes to the receiver's link. */
    struct queue sent;
    /* What is on its way on the link to the host. */
    struct queue received;
};

static struct port ports[PORTS];
static int count;
static double nanoseconds_per_byte;
static int64_t half_delay;

static void fail(const char *what) {
    fprintf(stderr, "slow-links: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int open_tap(const char *namespace) {
    char path[256];
    snprintf(path, sizeof path, "/run/netns/%s", namespace);
    int space = open(path, O_RDONLY | O_CLOEXEC);
    if (space < 0 || setns(space, CLONE_NEWNET) < 0) fail(path);
    close(space);
    int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (tap < 0) fail("/dev/net/tun");
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
    strcpy(request.ifr_name, "eth0");
    if (ioctl(tap, TUNSETIFF, &request) < 0) fail("eth0");
    return tap;
}

/* When the frame has passed the link, if it comes to it at this time; -1 where it would wait for too long. */
static int64_t pass(struct link *link, int64_t time, int length) {
    int64_t begin = time > link->free ? time : link->free;
    if (begin - time > LONGEST_WAIT) return -1;
    return link->free = begin + (int64_t)(nanoseconds_per_byte * length);
}

static void append(struct queue *queue, const struct frame *frame, int64_t due) {
    struct frame *copy = malloc(sizeof *copy);
    if (!copy) fail("memory");
    memcpy(copy, frame, offsetof(struct frame, bytes) + (size_t)frame->length);
    copy->due = due;
    copy->next = NULL;
    *queue->last = copy;
    queue->last = &copy->next;
}

static void drop_first(struct queue *queue) {
    struct frame *frame = queue->first;
    queue->first = frame->next;
    if (!queue->first) queue->last = &queue->first;
    free(frame);
}

static void take(int number) {
    struct port *from = &ports[number];
    struct frame frame;
    while ((frame.length = (int)read(from->tap, frame.bytes, FRAME)) >= 14) {
        memcpy(from->address, frame.bytes + 6, 6);
        from->is_known = 1;
        int64_t time = pass(&from->up, now(), frame.length);
        if (time < 0) continue;
        frame.to = -1;
        for (int other = 0; other < count; other++) {
            struct port *port = &ports[other];
            if (other != number && port->is_known && memcmp(port->address, frame.bytes, 6) == 0) frame.to = other;
        }
        append(&from->sent, &frame, time + half_delay);
    }
}

/* The sender whose next frame comes to a receiver's link first, until this time; -1 for none. */
static int first_sender(int64_t time) {
    int first = -1;
    for (int number = 0; number < count; number++) {
        const struct frame *frame = ports[number].sent.first;
        if (frame && frame->due <= time && (first < 0 || frame->due < ports[first].sent.first->due)) first = number;
    }
    return first;
}

/* Passes on and hands over what is due. Returns when the next frame is. */
static int64_t deliver(void) {
    int64_t next = INT64_MAX, time = now();
    /* Frames of all senders come to a receiver's link in the order in which they get there. */
    for (int from; (from = first_sender(time)) >= 0; drop_first(&ports[from].sent)) {
        const struct frame *frame = ports[from].sent.first;
        for (int to = 0; to < count; to++) {
            if (to == from || (frame->to >= 0 && frame->to != to)) continue;
            int64_t due = pass(&ports[to].down, frame->due, frame->length);
            if (due >= 0) append(&ports[to].received, frame, due);
        }
    }
    for (int number = 0; number < count; number++) {
        struct port *port = &ports[number];
        while (port->received.first && port->received.first->due <= time) {
            const struct frame *frame = port->received.first;
            /* A host that takes nothing, because its device is down, loses it. */
            if (write(port->tap, frame->bytes, (size_t)frame->length) < 0 && errno == EINTR) continue;
            drop_first(&port->received);
        }
        if (port->received.first && port->received.first->due < next) next = port->received.first->due;
        if (port->sent.first && port->sent.first->due < next) next = port->sent.first->due;
    }
    return next;
}

int main(int arguments, char **words) {
    if (arguments < 4 || arguments - 3 > PORTS) {
        fprintf(stderr, "usage: slow-links MEGABITS MILLISECONDS NAMESPACE…\n");
        return 64;
    }
    nanoseconds_per_byte = 8000 / strtod(words[1], NULL);
    half_delay = (int64_t)(strtod(words[2], NULL) * 1e6 / 2);
    count = arguments - 3;
    struct pollfd watched[PORTS + 2];
    for (int number = 0; number < count; number++) {
        ports[number].tap = open_tap(words[3 + number]);
        ports[number].sent.last = &ports[number].sent.first;
        ports[number].received.last = &ports[number].received.first;
        watched[number] = (struct pollfd){ports[number].tap, POLLIN, 0};
    }
    int clock = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (clock < 0) fail("timerfd");
    watched[count] = (struct pollfd){clock, POLLIN, 0};
    watched[count + 1] = (struct pollfd){STDIN_FILENO, POLLIN, 0};
    puts("ready");
    fflush(stdout);
    for (;;) {
        int64_t next = deliver();
        struct itimerspec alarm = {0};
        if (next != INT64_MAX) {
            alarm.it_value.tv_sec = next / 1000000000;
            alarm.it_value.tv_nsec = next % 1000000000;
        }
        timerfd_settime(clock, TFD_TIMER_ABSTIME, &alarm, NULL);
        if (poll(watched, (nfds_t)count + 2, -1) < 0 && errno != EINTR) fail("poll");
        if (watched[count + 1].revents) return 0;
        uint64_t times;
        while (read(clock, &times, sizeof times) > 0) {}
        for (int number = 0; number < count; number++) take(number);
    }
}
