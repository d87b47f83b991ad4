"""A client of a daemon that may be gone at any instant: it asks again until it has an answer."""

import http.client
import json
import random
import threading
import time

from daemon import UnixConnection

AT_REST = ("paused", "stopped", "succeeded", "failed")


class Patient:
    """Requests that are made again when the daemon dies over them."""

    def __init__(self, path, limit):
        self.path, self.limit = path, limit
        self.asked_again = 0

    def ask(self, method, url, body=None):
        """The status and the JSON of the answer, the first one that comes."""
        while True:
            connection = UnixConnection(self.path)
            try:
                connection.request(method, url, None if body is None else json.dumps(body),
                                   {"Content-Type": "application/json"} if body is not None else {})
                response = connection.getresponse()
                return response.status, json.loads(response.read() or b"null")
            except (OSError, http.client.HTTPException, ValueError):
                if time.monotonic() > self.limit:
                    raise
                self.asked_again += 1
                time.sleep(0.02)
            finally:
                connection.close()


class Client(threading.Thread):
    """Queues its jobs all at once, and then does to them what their fates say, mostly while they run."""

    def __init__(self, number, jobs, storm, seed):
        super().__init__(daemon=True)
        self.random = random.Random(f"{seed} {number}")
        # {name: spec}
        self.jobs, self.storm = jobs, storm
        self.patient = Patient(storm.path, storm.limit)
        self.fates = {name: self.fate() for name in jobs}
        self.done = {}
        self.problem = None

    def fate(self):
        fate = self.random.choices(["scale", "pause", "bounce", "checkpoint"], k=self.random.choice([0, 0, 1, 2, 3]))
        return fate + self.random.choices([[], ["stop"], ["kill"]], weights=[70, 15, 15])[0]

    def run(self):
        try:
            for name, spec in self.jobs.items():
                self.start_job(name, spec)
            self.storm.all_queued()
            while waiting := [name for name, fate in self.fates.items() if fate]:
                running = [name for name in waiting if self.storm.states.get(name) == "running"]
                idle = [name for name in waiting if self.storm.states.get(name) in AT_REST]
                if not running and not idle and self.random.random() < 0.9:
                    time.sleep(0.02)
                    continue
                name = self.random.choice(running or idle or waiting)
                time.sleep(self.random.uniform(0, 0.15))
                self.act(name, self.fates[name].pop(0))
        except Exception as error:  # A thread's death would go unseen.
            self.problem = f"client {self.name}: {error!r}"

    def start_job(self, name, spec):
        status, answer = self.patient.ask("POST", "/v1/jobs", {
            "spec": spec, "base_directory": str(self.storm.data), "name": name,
            "workers": self.random.choice([1, 2, "auto"]), "priority": self.random.randint(-2, 2)})
        # Asked again, a start that had been heard finds its name taken.
        if status != 201 and not (status == 409 and answer["code"] == "name-taken" and self.patient.asked_again):
            raise AssertionError(f"{name}: {status} {answer}")

    def act(self, name, what):
        self.done[what] = self.done.get(what, 0) + 1
        if what == "scale":
            self.post(name, "scale", {"workers": self.random.choice([1, 2, 3, "auto"])})
        elif what == "checkpoint":
            self.post(name, "checkpoint")
        elif what in ("pause", "bounce"):
            self.post(name, "pause" if what == "pause" else "stop")
            # The answer may have been lost, and the job be what it was told to be all the same.
            while self.state(name) in ("paused", "stopped"):
                self.post(name, "resume")
        else:
            self.storm.expected[name] = self.end(name, what)

    def end(self, name, what):
        """Stops or kills a job for good; the state that the daemon says it has then."""
        while True:
            status, answer = self.post(name, what)
            if status == 200:
                return answer["state"]
            if answer["code"] == "not-running":
                return self.state(name)

    def post(self, name, what, body=None):
        status, answer = self.patient.ask("POST", f"/v1/jobs/{name}/{what}", body)
        if status not in (200, 409):
            raise AssertionError(f"{what} {name}: {status} {answer}")
        return status, answer

    def state(self, name):
        return self.patient.ask("GET", f"/v1/jobs/{name}")[1]["state"]
