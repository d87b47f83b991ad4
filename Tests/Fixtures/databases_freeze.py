#!/usr/bin/env python3
"""Lets an old daemon make a database, and writes down what is in it.

    git checkout 332a64e && make build        # format 1; 2bd317e is the last commit with format 2, 301b9c7 with format 3, 3fabe8a with format 4,
                                              # a7537db with format 5
    Tests/Fixtures/databases_freeze.py --nnd .build/release/nnd --format 1

The daemon trains a small job, pauses it, goes on from an older checkpoint, pauses again, and trains another job to its
end. The values go into the JSON beside the database as SQLite and hashlib see them here, and what the daemon's API says.
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import signal
import sqlite3
import struct
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parents[1] / "Benchmarks/support"))

from daemon import launch  # noqa: E402

JOB = """
name: {name}
seed: 7
data:
  train: {{csv: {{path: points.csv, label: "4", header: false}}}}
  validation: {{fraction: 0.2}}
model:
  input: [4]
  layers:
    - dense: {{units: 6, activation: relu}}
{dropout}    - dense: {{units: 3}}
loss: softmax_cross_entropy
optimizer: {optimizer}
{schedule}training: {{steps: {steps}, batch_size: 12}}
checkpoint: {{every_steps: {every}, keep_last: 3}}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nnd", required=True)
    parser.add_argument("--format", type=int, required=True)
    options = parser.parse_args()
    folder = HERE / "databases"
    write_points(folder / "points.csv")
    with tempfile.TemporaryDirectory() as state:
        service, process, said = launch(options.nnd, state)
        if said != "READY":
            sys.exit(f"the daemon did not start: {said}")
        try:
            jobs = train(service, folder, options.format)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
        database = pathlib.Path(state) / "nnd.sqlite"
        connection = sqlite3.connect(database)
        # What the daemon left in its log belongs to the file.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = describe(connection, jobs)
        connection.close()
        shutil.copyfile(database, folder / f"version-{options.format}.sqlite")
    if content["format"] != options.format:
        sys.exit(f"the database has format {content['format']}")
    (folder / f"version-{options.format}.json").write_text(json.dumps(content, indent=1) + "\n")


def write_points(path):
    """Three clouds of 40 points each, by a generator of small integers."""
    state, lines = 1, []
    for row in range(120):
        label = row % 3
        values = []
        for column in range(4):
            state = (state * 1103515245 + 12345) % 2**31
            values.append((state >> 16) % 100 / 100 + (label if column % 3 == label else 0))
        lines.append(",".join(f"{value:.2f}" for value in values) + f",{label}\n")
    path.write_text("".join(lines))


def train(service, folder, format):
    """Returns the statuses and checkpoints of both jobs as the API gives them."""
    # What that version could do: in the first one no layer was random, and no job watched a metric.
    more = {
        "dropout": "    - dropout: {rate: 0.1}\n" if format > 1 else "",
        "schedule": "schedule: {reduce_on_plateau: {metric: val_loss, patience: 3, factor: 0.5}}\n" if format > 1 else ""}
    long = service.start(JOB.format(name="long", optimizer="adam", steps=4000, every=20, **more), folder, 1)
    wait_for(service, long, lambda status: (status["last_checkpoint"] or {"step": 0})["step"] >= 300)
    service.call("POST", f"/v1/jobs/{long}/pause")
    # From the checkpoint before the last, on a branch of its own.
    older = checkpoints(service, long)[1]
    service.call("POST", f"/v1/jobs/{long}/resume", {"from": older["id"]})
    wait_for(service, long, lambda status: (status["last_checkpoint"] or {"step": 0})["step"] >= older["step"] + 300)
    service.call("POST", f"/v1/jobs/{long}/pause")
    short = service.start(JOB.format(name="short", optimizer="sgd", steps=60, every=30, **more), folder, 1)
    wait_for(service, short, lambda status: status["state"] == "succeeded")
    return {job: {"status": service.call("GET", f"/v1/jobs/{job}"), "checkpoints": checkpoints(service, job)}
            for job in (long, short)}


def checkpoints(service, job):
    return sorted(service.call("GET", f"/v1/jobs/{job}/checkpoints")["checkpoints"], key=lambda one: -one["id"])


def wait_for(service, job, condition):
    for _ in range(6000):
        status = service.call("GET", f"/v1/jobs/{job}")
        if condition(status):
            return
        if status["state"] == "failed":
            sys.exit(f"job {job} failed: {status['reason']}")
        time.sleep(0.002)
    sys.exit(f"job {job} does not get there")


def describe(connection, jobs):
    found = []
    for job, said in jobs.items():
        status = said["status"]
        metrics = connection.execute(
            "SELECT branch, step, epoch, name, value FROM metrics WHERE job_id = ? ORDER BY branch, name, step", [job])
        rows = metrics.fetchall()
        found.append({
            "id": job, "name": status["name"], "state": status["state"], "step": status["step"],
            "total_steps": status["total_steps"], "loss": status["loss"], "weights_digest": status["weights_digest"],
            "metric_rows": len(rows), "newest_metrics": newest(rows),
            "checkpoints": [checkpoint(connection, one) for one in said["checkpoints"]]})
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return {"format": version, "jobs": found}


def newest(rows):
    last = {}
    for branch, step, epoch, name, value in rows:
        last[name] = {"name": name, "branch": branch, "step": step, "epoch": epoch, "value": value}
    return [last[name] for name in sorted(last)]


def checkpoint(connection, said):
    id = said["id"]
    row = connection.execute(
        """SELECT branch, step, epoch, samples_in_epoch, samples, updates, layout_json, epoch_totals_json
           FROM checkpoints WHERE id = ?""", [id]).fetchone()
    layout = json.loads(row[6])
    buffers = [{"name": name, "values": values(connection, id, name)} for name in layout["buffers"]]
    digest = contract_digest(layout["tensors"], buffers[0]["values"])
    if digest != said["weights_digest"]:
        sys.exit(f"checkpoint {id} has the digest {digest}, and the daemon says {said['weights_digest']}")
    return {
        "id": id, "branch": row[0], "step": row[1], "epoch": row[2], "samples_in_epoch": row[3], "samples": row[4],
        "updates": row[5], "weights_digest": digest, "tensors": layout["tensors"],
        "epoch_totals": json.loads(row[7]), "buffers": buffers}


def values(connection, id, buffer):
    chunks = connection.execute(
        """SELECT k.sha256, c.data FROM checkpoint_chunks k JOIN chunks c ON c.sha256 = k.sha256
           WHERE k.checkpoint_id = ? AND k.buffer = ? ORDER BY k.position""", [id, buffer]).fetchall()
    for sha256, data in chunks:
        if hashlib.sha256(data).digest() != sha256:
            sys.exit(f"checkpoint {id} has a damaged chunk")
    data = b"".join(data for _, data in chunks)
    return list(struct.unpack(f"<{len(data) // 4}f", data))


def contract_digest(tensors, values):
    """As the contract says: for each parameter its name, a zero, its rank, its dimensions, its values."""
    digest, place = hashlib.sha256(), 0
    for tensor in sorted(tensors, key=lambda one: one["name"]):
        count = 1
        for size in tensor["shape"]:
            count *= size
        digest.update(tensor["name"].encode() + b"\0" + struct.pack("<I", len(tensor["shape"])))
        digest.update(struct.pack(f"<{len(tensor['shape'])}Q", *tensor["shape"]))
        digest.update(struct.pack(f"<{count}f", *values[place:place + count]))
        place += count
    return digest.hexdigest()


main()
