extension Schema {
    /// Checkpoints that the user keeps, what a resume has changed in a job, the shards that a job has for life, its
    /// place in the queue and how often it was run again, and requests that may come twice.
    static let version3 = """
        -- Kept whatever retention says, until it is unpinned.
        ALTER TABLE checkpoints ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));

        -- The shards that the first run cut minibatches into; they are part of the arithmetic.
        ALTER TABLE jobs ADD COLUMN shards INTEGER CHECK (shards >= 1);

        -- Higher ones are run first.
        ALTER TABLE jobs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;

        -- How often the job was run again by itself since somebody started or resumed it.
        ALTER TABLE jobs ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0 CHECK (restarts >= 0);

        -- What `resume --set` has changed: the job has the newest spec, and here is what each revision replaced.
        CREATE TABLE revisions (
            job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 1),
            -- The branch that the revision began.
            branch INTEGER NOT NULL,
            -- As they were written: ["optimizer.adam.learning_rate=1e-4"]
            changes_json TEXT NOT NULL CHECK (json_valid(changes_json)),
            previous_spec_json TEXT NOT NULL CHECK (json_valid(previous_spec_json)),
            previous_spec_hash TEXT NOT NULL CHECK (length(previous_spec_hash) = 64),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (job_id, number),
            FOREIGN KEY (job_id, branch) REFERENCES branches (job_id, number)
        ) STRICT, WITHOUT ROWID;

        -- Which job a request with a key has made, so that the same request sent again makes no other. Kept for a day,
        -- also when the job is removed meanwhile.
        CREATE TABLE idempotency (
            key TEXT PRIMARY KEY NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
            request_sha256 BLOB NOT NULL CHECK (length(request_sha256) = 32),
            job_id INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX idempotency_by_time ON idempotency (created_at);
        """
}
