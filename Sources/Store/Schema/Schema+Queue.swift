import GRDB

extension Schema {
    /// A job's place in line, and how often the daemon has crashed over it. Part of version 4.
    static func addQueueColumns(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Jobs of one priority run in the order of these; a job that is queued anew gets the highest.
                ALTER TABLE jobs ADD COLUMN queue_place INTEGER NOT NULL DEFAULT 0;
                UPDATE jobs SET queue_place = id;
                CREATE INDEX jobs_by_queue_place ON jobs (queue_place);

                -- In how many lives of the daemon in a row, none of which ended as it should, the job ran and came to no
                -- new checkpoint.
                ALTER TABLE jobs ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0 CHECK (crashes >= 0);
                """)
    }
}
