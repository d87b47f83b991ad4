extension Schema {
    /// Times are Unix milliseconds. Constraints say what is always true; `Store` only words the errors.
    static let version1 = """
        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE
                CHECK (name GLOB '*[^0-9]*' AND name NOT GLOB '*[^A-Za-z0-9._-]*'),
            spec_json TEXT NOT NULL CHECK (json_valid(spec_json)),
            spec_hash TEXT NOT NULL CHECK (length(spec_hash) = 64),
            state TEXT NOT NULL
                CHECK (state IN ('queued', 'running', 'paused', 'succeeded', 'failed', 'stopped')),
            reason TEXT,
            workers ANY NOT NULL
                CHECK (workers = 'auto' OR (typeof(workers) = 'integer' AND workers >= 1)),
            data_fingerprint TEXT,
            instruction_set TEXT,
            total_steps INTEGER CHECK (total_steps >= 0),
            branch INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            finished_at INTEGER,
            CHECK ((finished_at IS NOT NULL) = (state IN ('succeeded', 'failed', 'stopped'))),
            -- Deferred, because a job and its first branch refer to each other.
            FOREIGN KEY (id, branch) REFERENCES branches (job_id, number) DEFERRABLE INITIALLY DEFERRED
        ) STRICT;

        -- Branches are numbered from 1 within their job. `parent_branch` and `fork_step` outlive the
        -- checkpoint that a branch began from, so that curves stay whole when retention lets it go.
        CREATE TABLE branches (
            job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 1),
            parent_branch INTEGER CHECK (parent_branch < number),
            parent_checkpoint INTEGER REFERENCES checkpoints (id) ON DELETE SET NULL,
            fork_step INTEGER NOT NULL DEFAULT 0 CHECK (fork_step >= 0),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (job_id, number),
            FOREIGN KEY (job_id, parent_branch) REFERENCES branches (job_id, number),
            CHECK (parent_branch IS NOT NULL OR (parent_checkpoint IS NULL AND fork_step = 0))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkpoints (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL,
            branch INTEGER NOT NULL,
            step INTEGER NOT NULL CHECK (step >= 0),
            epoch INTEGER NOT NULL CHECK (epoch >= 0),
            samples_in_epoch INTEGER NOT NULL CHECK (samples_in_epoch >= 0),
            samples INTEGER NOT NULL CHECK (samples >= samples_in_epoch),
            updates INTEGER NOT NULL CHECK (updates BETWEEN 0 AND step),
            weights_digest TEXT NOT NULL
                CHECK (length(weights_digest) = 64 AND weights_digest NOT GLOB '*[^0-9a-f]*'),
            -- What the epoch under way has come to so far.
            epoch_totals_json TEXT NOT NULL CHECK (json_valid(epoch_totals_json)),
            layout_json TEXT NOT NULL CHECK (json_valid(layout_json)),
            manifest_sha256 BLOB NOT NULL CHECK (length(manifest_sha256) = 32),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            created_at INTEGER NOT NULL,
            UNIQUE (job_id, branch, step),
            FOREIGN KEY (job_id, branch) REFERENCES branches (job_id, number) ON DELETE CASCADE
        ) STRICT;

        -- Little-endian f32 values, at most 4 MiB.
        CREATE TABLE chunks (
            sha256 BLOB PRIMARY KEY NOT NULL CHECK (length(sha256) = 32),
            data BLOB NOT NULL CHECK (length(data) BETWEEN 4 AND 4194304 AND length(data) % 4 = 0)
        ) STRICT;

        CREATE TABLE checkpoint_chunks (
            checkpoint_id INTEGER NOT NULL REFERENCES checkpoints (id) ON DELETE CASCADE,
            buffer TEXT NOT NULL,
            position INTEGER NOT NULL CHECK (position >= 0),
            sha256 BLOB NOT NULL REFERENCES chunks (sha256),
            PRIMARY KEY (checkpoint_id, buffer, position)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX checkpoint_chunks_by_sha256 ON checkpoint_chunks (sha256);

        -- However a checkpoint goes (retention, a job deleted), the chunks that nothing refers to go with it.
        CREATE TRIGGER unreferenced_chunk AFTER DELETE ON checkpoint_chunks
        WHEN NOT EXISTS (SELECT 1 FROM checkpoint_chunks WHERE sha256 = OLD.sha256)
        BEGIN
            DELETE FROM chunks WHERE sha256 = OLD.sha256;
        END;

        -- SQLite keeps a NaN as NULL.
        CREATE TABLE metrics (
            job_id INTEGER NOT NULL,
            branch INTEGER NOT NULL,
            step INTEGER NOT NULL CHECK (step >= 0),
            epoch INTEGER NOT NULL CHECK (epoch >= 0),
            name TEXT NOT NULL CHECK (name <> ''),
            value REAL,
            PRIMARY KEY (job_id, branch, name, step),
            FOREIGN KEY (job_id, branch) REFERENCES branches (job_id, number) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL
                CHECK (kind IN ('created', 'state', 'checkpoint', 'branch', 'workers', 'warning', 'note')),
            message TEXT NOT NULL
        ) STRICT;

        CREATE INDEX events_by_job ON events (job_id);
        """
}
