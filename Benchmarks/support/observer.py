"""Sees which checkpoints the API says are committed, until the daemon is no more."""

import http.client
import json
import threading

from daemon import UnixConnection


class Observer(threading.Thread):
    def __init__(self, service, ledger):
        super().__init__(daemon=True)
        self.service, self.ledger = service, ledger
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.wait(0.01):
            try:
                for status in self.get("/v1/jobs")["jobs"]:
                    if status["state"] == "running":
                        shown = self.get(f"/v1/jobs/{status['id']}/checkpoints")["checkpoints"]
                        self.ledger.note(status["id"], shown)
            except (OSError, http.client.HTTPException, ValueError):
                # The daemon was killed, perhaps in the middle of its answer.
                return

    def get(self, path):
        connection = UnixConnection(self.service.path)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def end(self):
        self.stopped.set()
        if self.is_alive():
            self.join()
