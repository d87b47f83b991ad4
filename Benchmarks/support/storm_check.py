"""What a storm has left in the database, compared with what should be there."""

import re
import sqlite3

STEP = re.compile(r"checkpoint (\d+) at step (\d+)")
# Which states may follow one another in a job's log; none follows `succeeded`.
NEXT = {
    "queued": {"running", "paused", "stopped", "queued"},
    "running": {"queued", "paused", "succeeded", "stopped"},
    "paused": {"queued", "stopped", "paused"},
    "stopped": {"queued"},
    "succeeded": set(),
}


def problems(path, expected, digests, most_running):
    """What is wrong, a sentence each.

    expected: {name: state}; digests: {name: weights digest of the job when nobody disturbs it}; most_running: jobs at once.
    """
    database = sqlite3.connect(path)
    try:
        yield from wrong_jobs(database, expected, digests)
        yield from wrong_logs(database, most_running)
    finally:
        database.close()


def wrong_jobs(database, expected, digests):
    rows = database.execute(
        """SELECT j.name, j.state, j.reason, j.total_steps, c.step, c.weights_digest FROM jobs j LEFT JOIN checkpoints c
           ON c.id = (SELECT max(id) FROM checkpoints WHERE job_id = j.id)""").fetchall()
    found = {row[0]: row[1:] for row in rows}
    for name in sorted(found.keys() - expected.keys()):
        yield f"there is a job {name} that nobody started"
    for name, state in sorted(expected.items()):
        if name not in found:
            yield f"job {name} is lost"
            continue
        is_state, reason, total, step, digest = found[name]
        if is_state != state:
            yield f"job {name} is {is_state} at step {step} of {total} and should be {state}: {reason}"
        elif state == "succeeded" and digest != digests[name]:
            yield f"job {name} has come to {digest} and not to {digests[name]}"


def wrong_logs(database, most_running):
    states, steps, running = {}, {}, set()
    rows = database.execute(
        "SELECT e.id, j.name, e.kind, e.message FROM events e JOIN jobs j ON j.id = e.job_id ORDER BY e.id")
    for number, name, kind, message in rows:
        if kind == "created":
            if name in states:
                yield f"job {name} was created twice"
            states[name] = "queued"
        elif kind == "state":
            state = message.split(":")[0]
            if state not in NEXT.get(states.get(name), ()):
                yield f"job {name} was {states.get(name)} and became {state} (log line {number})"
            states[name] = state
            (running.add if state == "running" else running.discard)(name)
            if len(running) > most_running:
                yield f"{len(running)} jobs ran at once (log line {number})"
        elif kind == "checkpoint":
            step = int(STEP.match(message)[2])
            if step <= steps.get(name, -1):
                yield f"job {name} came to step {step} after step {steps[name]} (log line {number})"
            if states.get(name) != "running":
                yield f"job {name} took a checkpoint when it was {states.get(name)} (log line {number})"
            steps[name] = step


def plant(path, what):
    """Puts something wrong into the database, as a daemon that loses track would."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA foreign_keys = ON")
    job = database.execute("SELECT id FROM jobs WHERE state = 'succeeded' ORDER BY id LIMIT 1").fetchone()[0]
    if what == "lost":
        database.execute("DELETE FROM jobs WHERE id = ?", [job])
    elif what == "state":
        database.execute("UPDATE jobs SET state = 'stopped' WHERE id = ?", [job])
    elif what == "digest":
        database.execute("UPDATE checkpoints SET weights_digest = replace(weights_digest, substr(weights_digest, 1, 1), "
                         "CASE substr(weights_digest, 1, 1) WHEN '0' THEN '1' ELSE '0' END) WHERE job_id = ?", [job])
    else:
        database.execute(
            "INSERT INTO events (job_id, at, kind, message) VALUES (?, 0, 'state', 'running')", [job])
    database.commit()
    database.close()
