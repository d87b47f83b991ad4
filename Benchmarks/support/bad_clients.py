"""Clients that do not behave: they write slowly, read slowly or never, or close one half of their connection."""

import contextlib
import os
import random
import socket
import threading
import time

from malformed import malformed


def stand_back():
    """The clients are not what is measured: this thread takes only what others leave of the CPUs."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


def connect(path, timeout=60):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(timeout)
    # The daemon's queue of connections may be full for a moment.
    for _ in range(100):
        try:
            connection.connect(path)
            return connection
        except BlockingIOError:
            time.sleep(0.01)
    connection.connect(path)
    return connection


class Followers(threading.Thread):
    """So many follow a job; every second one never reads, the others take what there is once a second."""

    def __init__(self, path, job, count):
        super().__init__(daemon=True)
        self.connections = []
        for _ in range(count):
            connection = connect(path)
            connection.sendall(b"GET /v1/jobs/%s/updates HTTP/1.1\r\nHost: nnd\r\n\r\n" % job)
            self.connections.append(connection)
        self.stopped = threading.Event()
        self.received = 0
        self.lost = 0

    def run(self):
        stand_back()
        readers = self.connections[::2]
        for reader in readers:
            reader.setblocking(False)
        while not self.stopped.wait(1):
            for reader in list(readers):
                try:
                    data = reader.recv(1 << 20)
                    self.received += len(data)
                    if not data:
                        readers.remove(reader)
                        self.lost += 1
                except BlockingIOError:
                    pass
                except OSError:
                    readers.remove(reader)
                    self.lost += 1

    def end(self):
        self.stopped.set()
        self.join()
        for connection in self.connections:
            connection.close()


class SlowWriters(threading.Thread):
    """So many send one byte a second of a request; the daemon should close them all."""

    def __init__(self, path, count):
        super().__init__(daemon=True)
        self.path, self.count = path, count
        self.stopped = threading.Event()
        self.closed = 0
        self.longest = 0.0

    def run(self):
        stand_back()
        begun = time.monotonic()
        open_ones = [connect(self.path) for _ in range(self.count)]
        text = b"GET /v1/health HTTP/1.1\r\nX-Slow: " + b"a" * 200
        for byte in text:
            for connection in list(open_ones):
                try:
                    connection.sendall(bytes([byte]))
                except OSError:
                    open_ones.remove(connection)
                    connection.close()
                    self.closed += 1
                    self.longest = time.monotonic() - begun
            if not open_ones or self.stopped.wait(1):
                break
        for connection in open_ones:
            connection.close()


def half_closed(path, count):
    """How many that end their own half after a request get the whole answer."""
    answered = 0
    for _ in range(count):
        with connect(path) as connection, contextlib.suppress(OSError):
            connection.sendall(b"GET /v1/health HTTP/1.1\r\nHost: nnd\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            answered += read_all(connection).endswith(b'{"status":"ok"}')
    return answered


def read_all(connection):
    data = b""
    with contextlib.suppress(OSError):
        while piece := connection.recv(65536):
            data += piece
    return data


class Vandals:
    """Sends so many malformed requests, a connection each, from some threads."""

    def __init__(self, path, job, count, seed, threads=4):
        self.path, self.job, self.seed = path, job, seed
        self.left = count
        self.lock = threading.Lock()
        self.statuses = {}
        self.threads = [threading.Thread(target=self.run, args=(n,), daemon=True) for n in range(threads)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def join(self):
        for thread in self.threads:
            thread.join()

    def run(self, number):
        stand_back()
        generator = random.Random(self.seed * 1000 + number)
        while True:
            with self.lock:
                if self.left == 0:
                    return
                self.left -= 1
            status = self.one(malformed(generator, self.job), generator.random())
            with self.lock:
                self.statuses[status] = self.statuses.get(status, 0) + 1

    def one(self, text, manner):
        """The status of the answer, if there was one."""
        try:
            with connect(self.path, 5) as connection:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(text)
                    # One in five is gone at once; the others say that there is no more.
                    if manner < 0.2:
                        return "left"
                    connection.shutdown(socket.SHUT_WR)
                head = connection.recv(4096)
                return head[9:12].decode("ascii", "replace") if head.startswith(b"HTTP/1.1 ") else "closed"
        except TimeoutError:
            return "silent"
        except ConnectionResetError:
            return "closed"
        except OSError as error:
            return type(error).__name__
