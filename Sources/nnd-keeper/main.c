/*
 * nnd-keeper COMMAND [ARGUMENT...]: runs a command, and leaves none of its processes behind.
 *
 * Standard input is a pipe whose other end the caller holds. When that is closed, because the caller wants the command to
 * end or has died itself, the command is asked to end and after two seconds killed; so is whatever it has started, however
 * deep, in whatever process group: what loses its parent becomes a child of this process (PR_SET_CHILD_SUBREAPER). The exit
 * code is the command's, or 128 and the number of the signal that ended it; 127 if it cannot be started.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GRACE_MILLISECONDS = 2000, CANNOT_START = 127 };

static int status_of_command = 0;
static int command_has_ended = 0;

/* Takes note of all that have ended. Returns whether any child is left. */
static int reap(pid_t command) {
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, WNOHANG | __WALL);
        if (pid == 0) return 1;
        if (pid < 0) {
            if (errno == EINTR) continue;
            return 0;
        }
        if (pid == command) {
            command_has_ended = 1;
            status_of_command = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        }
    }
}

/* Sends a signal to every child; those of a child that has died are children of this process by then. */
static void signal_children(int number) {
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) return;
    text[length] = 0;
    /* A number that was cut off at the end is read again the next time. */
    if (length == (ssize_t)sizeof text - 1) {
        char *space = strrchr(text, ' ');
        if (space) *space = 0;
    }
    for (char *word = strtok(text, " \n"); word; word = strtok(NULL, " \n")) {
        pid_t pid = (pid_t)strtol(word, NULL, 10);
        if (pid > 1) kill(pid, number);
    }
}

/* Waits until a child has ended, or so long. */
static void wait_for_children(int signals, int milliseconds) {
    struct pollfd entry = {.fd = signals, .events = POLLIN};
    struct signalfd_siginfo information;
    if (poll(&entry, 1, milliseconds) > 0 && read(signals, &information, sizeof information) < 0) return;
}

static void start(char **arguments, pid_t keeper, const sigset_t *mask) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper) _exit(CANNOT_START);
    sigprocmask(SIG_SETMASK, mask, NULL);
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing >= 0) dup2(nothing, STDIN_FILENO);
    execvp(arguments[0], arguments);
    fprintf(stderr, "%s cannot be started: %s\n", arguments[0], strerror(errno));
    _exit(CANNOT_START);
}

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: nnd-keeper COMMAND [ARGUMENT...]\n");
        return 64;
    }
    sigset_t taken, before;
    sigemptyset(&taken);
    sigaddset(&taken, SIGCHLD);
    sigaddset(&taken, SIGTERM);
    sigaddset(&taken, SIGINT);
    sigaddset(&taken, SIGHUP);
    sigprocmask(SIG_BLOCK, &taken, &before);
    int signals = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
        perror("nnd-keeper");
        return 70;
    }
    pid_t keeper = getpid();
    pid_t command = fork();
    if (command < 0) {
        perror("nnd-keeper: fork");
        return 71;
    }
    if (command == 0) start(arguments + 1, keeper, &before);

    int is_wanted = 1;
    while (is_wanted && !command_has_ended) {
        struct pollfd entries[2] = {
            {.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
        if (poll(entries, 2, -1) < 0) continue;
        if (entries[0].revents) {
            char byte;
            if (read(STDIN_FILENO, &byte, 1) <= 0) is_wanted = 0;
        }
        if (entries[1].revents) {
            struct signalfd_siginfo information;
            while (read(signals, &information, sizeof information) == sizeof information) {
                if (information.ssi_signo != SIGCHLD) is_wanted = 0;
            }
            reap(command);
        }
    }
    if (!command_has_ended) {
        /* The command alone: it may have processes on other machines to end. */
        kill(command, SIGTERM);
        for (int waited = 0; waited < GRACE_MILLISECONDS && !command_has_ended; waited += 50) {
            wait_for_children(signals, 50);
            reap(command);
        }
    }
    while (reap(command)) {
        signal_children(SIGKILL);
        wait_for_children(signals, 20);
    }
    return status_of_command;
}
