"""A daemon of its own for a benchmark: its state and its socket are in a directory that goes away with it."""

import contextlib
import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


class Daemon:
    def __init__(self, path, pid):
        self.path = path
        self.pid = pid

    def kill(self):
        """Ends it at once and without a word."""
        os.kill(self.pid, signal.SIGKILL)

    def state_size(self):
        """Bytes of its database and what lies beside it."""
        return sum(entry.stat().st_size for entry in os.scandir(os.path.dirname(self.path)) if entry.is_file())

    def call(self, method, url, body=None):
        """One request over a new connection, as nnctl makes it, and its answer."""
        connection = UnixConnection(self.path)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        connection.request(method, url, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        if response.status >= 300:
            sys.exit(f"{method} {url}: {response.status} {text.decode()}")
        return json.loads(text)

    def start(self, spec, directory, workers, overrides=()):
        """Starts a job from the text of its file."""
        return self.call("POST", "/v1/jobs", {
            "spec": spec, "base_directory": str(directory), "workers": workers, "set": list(overrides)})["id"]

    def updates(self, job):
        """The job's status after every change, about ten times a second, until it ends."""
        stream = UnixConnection(self.path)
        try:
            stream.request("GET", f"/v1/jobs/{job}/updates")
            lines = stream.getresponse()
            while line := lines.readline():
                yield json.loads(line)
        finally:
            stream.close()


def launch(nnd, state, options=(), prefix=(), log=subprocess.DEVNULL, patience=None):
    """Starts a daemon on the directory `state`.

    Returns the daemon, its process, and what it said when it was ready; None if it said nothing in `patience` seconds.
    """
    path = os.path.join(state, "nnd.sock")
    ready, write = os.pipe()
    process = subprocess.Popen(
        [*prefix, nnd, "serve", "--state-dir", state, "--socket", path, "--ready-fd", str(write), *options],
        pass_fds=[write], stderr=log)
    os.close(write)
    is_ready = bool(select.select([ready], [], [], patience)[0])
    said = os.read(ready, 200).decode().strip() if is_ready else None
    os.close(ready)
    return Daemon(path, process.pid), process, said


@contextlib.contextmanager
def daemon(nnd, prefix=(), options=(), directory=None, state=None):
    """A daemon that serves. `prefix` is put before its command; its state is on the disk of `directory`, or in the
    directory `state`, which stays."""
    with contextlib.nullcontext(state) if state else tempfile.TemporaryDirectory(dir=directory) as state:
        service, process, said = launch(nnd, state, options, prefix)
        try:
            if said != "READY":
                sys.exit("the daemon did not start")
            yield service
        finally:
            process.terminate()
            process.wait()
