"""Copies of a job that has ended, so that a database with many jobs need not be trained."""

import sqlite3


def copy_job(path, job, names):
    """Makes a job of each name that is as `job` in every other way: its checkpoints, metrics and log too. Nobody may have the
    database open."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA foreign_keys = ON")
    with database:
        checkpoints = [id for (id,) in database.execute("SELECT id FROM checkpoints WHERE job_id = ?", [job])]
        for name in names:
            copy = database.execute("SELECT max(id) + 1 FROM jobs").fetchone()[0]
            insert(database, "jobs", "id = ?", [job], {"id": copy, "name": name})
            insert(database, "branches", "job_id = ?", [job], {"job_id": copy, "parent_checkpoint": None})
            for checkpoint in checkpoints:
                id = database.execute("SELECT max(id) + 1 FROM checkpoints").fetchone()[0]
                insert(database, "checkpoints", "id = ?", [checkpoint], {"id": id, "job_id": copy})
                insert(database, "checkpoint_chunks", "checkpoint_id = ?", [checkpoint], {"checkpoint_id": id})
            insert(database, "metrics", "job_id = ?", [job], {"job_id": copy})
            for (event,) in database.execute("SELECT id FROM events WHERE job_id = ?", [job]).fetchall():
                id = database.execute("SELECT max(id) + 1 FROM events").fetchone()[0]
                insert(database, "events", "id = ?", [event], {"id": id, "job_id": copy})
    database.close()


def insert(database, table, condition, arguments, changes):
    """Inserts the rows that meet the condition once more, with other values in some columns."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = ", ".join("?" if column in changes else column for column in columns)
    changed = [changes[column] for column in columns if column in changes]
    database.execute(
        f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {condition}", changed + arguments)
