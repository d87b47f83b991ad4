"""What is in the daemon's database, compared with what was there before."""

import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
import time

STEP = re.compile(r"checkpoint (\d+) at step (\d+)")


class Ledger:
    """All that was ever seen to be committed in one state directory."""

    def __init__(self, state, kept):
        self.path = os.path.join(state, "nnd.sqlite")
        self.kept = kept
        self.watched = 0
        # {(job, checkpoint): (step, digest)}, as the API showed it since the last look.
        self.shown = {}
        # Of those, the ones that were there at the last look.
        self.last_shown = {}
        # {event: text} and {job: step}, as of the last look.
        self.events = {}
        self.steps = {}

    def note(self, job, checkpoints):
        for checkpoint in checkpoints:
            self.shown[job, checkpoint["id"]] = (checkpoint["step"], checkpoint["weights_digest"])

    def commits(self):
        return sum(text.startswith("checkpoint ") for text in self.events.values())

    def reached(self, job):
        return self.steps.get(job, 0)

    def wait_for_commit(self, patience):
        """Waits until the log is written to, or `patience` seconds."""
        limit = time.monotonic() + patience
        before = self.log_time()
        while self.log_time() == before and time.monotonic() < limit:
            time.sleep(0.0002)

    def log_time(self):
        try:
            return os.stat(self.path + "-wal").st_mtime_ns
        except FileNotFoundError:
            return None

    def check(self):
        """What is wrong with the database that nobody has open, a sentence each."""
        with tempfile.TemporaryDirectory() as directory:
            copy = os.path.join(directory, "nnd.sqlite")
            for suffix in ("", "-wal"):
                if os.path.exists(self.path + suffix):
                    shutil.copyfile(self.path + suffix, copy + suffix)
            database = sqlite3.connect(copy)
            try:
                return list(self.losses(database))
            except sqlite3.DatabaseError as error:
                return [f"the database cannot be read: {error}"]
            finally:
                database.close()

    def plant(self, what):
        """Takes something away that was committed, as a daemon that loses it would; says what, or None if there is nothing
        yet to take."""
        if not self.last_shown:
            return None
        # The newest checkpoint of a job: nothing stands in its place.
        job, id = max(self.last_shown, key=lambda key: key[1])
        database = sqlite3.connect(self.path)
        database.execute("PRAGMA foreign_keys = ON")
        if what == "checkpoint":
            gone = database.execute("DELETE FROM checkpoints WHERE id = ?", [id])
            self.shown[job, id] = self.last_shown[job, id]
        elif what == "chunk":
            gone = database.execute(
                """UPDATE chunks SET data = zeroblob(length(data)) WHERE sha256 =
                   (SELECT sha256 FROM checkpoint_chunks WHERE checkpoint_id = ? AND buffer = 'parameters')""", [id])
        else:
            gone = database.execute("DELETE FROM events WHERE id = ?", [max(self.events)])
        database.commit()
        database.close()
        return f"{what} of job {job}" if gone.rowcount else None

    def losses(self, database):
        for sql in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
            said = [row for row in database.execute(sql) if row != ("ok",)]
            if said:
                yield f"{sql}: {said}"
        rows = database.execute("SELECT job_id, id, step, weights_digest FROM checkpoints ORDER BY id").fetchall()
        yield from self.lost_checkpoints({(job, id): rest for job, id, *rest in rows})
        yield from self.damaged_chunks(database)
        yield from self.lost_events(database)

    def lost_checkpoints(self, stored):
        shown, self.shown = self.shown, {}
        self.last_shown = {key: what for key, what in shown.items() if key in stored}
        self.watched += len(shown)
        for (job, id), what in shown.items():
            newer = sum(key[0] == job and key[1] > id for key in stored)
            if (job, id) in stored:
                if tuple(stored[job, id]) != what:
                    yield f"checkpoint {id} of job {job} is {stored[job, id]} and was {what}"
            elif newer < self.kept:
                yield f"checkpoint {id} of job {job} is lost: {newer} newer ones are there"

    def damaged_chunks(self, database):
        sql = """SELECT r.checkpoint_id, r.sha256, c.data
            FROM checkpoint_chunks r LEFT JOIN chunks c ON c.sha256 = r.sha256"""
        for checkpoint, sha256, data in database.execute(sql):
            if data is None or hashlib.sha256(data).digest() != sha256:
                yield f"checkpoint {checkpoint} has lost a chunk"

    def lost_events(self, database):
        events, steps = {}, {}
        for id, job, kind, message in database.execute("SELECT id, job_id, kind, message FROM events ORDER BY id"):
            events[id] = message
            taken = STEP.match(message) if kind == "checkpoint" else None
            if taken:
                if int(taken[2]) <= steps.get(job, -1):
                    yield f"job {job} went from step {steps[job]} back to {taken[2]}"
                steps[job] = int(taken[2])
        for id, message in self.events.items():
            if events.get(id) != message:
                yield f"log line {id} is lost: {message}"
        for job, step in self.steps.items():
            if steps.get(job, 0) < step:
                yield f"job {job} is at step {steps.get(job, 0)}, and had been at {step}"
        self.events, self.steps = events, steps
