extension Schema {
    /// Whose a job is, and who did what.
    static let version4 = """
        -- Who started the job; null stands for the user that the daemon runs as.
        ALTER TABLE jobs ADD COLUMN owner_uid INTEGER CHECK (owner_uid BETWEEN 0 AND 4294967294);

        -- Requests that change or use something, and what was refused. Outlives the jobs; the oldest rows go.
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            -- Of the newest, where a row stands for several.
            at INTEGER NOT NULL,
            -- Null where nobody is known. Whoever has shown the token counts as the daemon's own user, and has no pid.
            uid INTEGER CHECK (uid BETWEEN 0 AND 4294967294),
            pid INTEGER,
            -- POST, DELETE, …; CONNECT for a connection that was refused.
            method TEXT NOT NULL CHECK (method <> ''),
            path TEXT NOT NULL,
            job_id INTEGER,
            -- The HTTP status of the answer.
            status INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
            -- What is refused again and again is counted.
            count INTEGER NOT NULL DEFAULT 1 CHECK (count >= 1)
        ) STRICT;

        CREATE INDEX audit_of_refusals ON audit (uid, at) WHERE status IN (401, 403, 421);
        """
}
