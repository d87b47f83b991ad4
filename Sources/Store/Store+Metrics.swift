import GRDB
package import Parallel

extension Store {
    /// The job's curves: what was measured on its branch and, up to each fork, on those it comes from. Where
    /// two branches have a value for one step, the younger one's counts.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - since: Only values measured after this many steps; nil for all.
    /// - Returns: Ascending by step, then by name.
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func metrics(job: Int, since: Int? = nil) async throws(StoreError) -> [MetricRow] {
        try await read("read the metrics of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            // With max(), SQLite takes the other columns from the row that has the maximum.
            let sql = """
                WITH RECURSIVE \(Lineage.ofOneJob)
                SELECT m.step, m.epoch, m.name, m.value, max(m.branch)
                FROM lineage l
                JOIN metrics m ON m.job_id = l.job_id AND m.branch = l.branch AND m.step <= l.last_step
                WHERE m.step > ?2
                GROUP BY m.step, m.name
                ORDER BY m.step, m.name
                """
            return try Row.fetchAll(db, sql: sql, arguments: [job, since ?? -1]).map(MetricRow.init(row:))
        }
    }
}

extension MetricRow {
    init(row: Row) throws {
        self.init(
            step: try row.decode(forColumn: "step"), epoch: try row.decode(forColumn: "epoch"),
            name: try row.decode(forColumn: "name"),
            value: try row.decode(Double?.self, forColumn: "value") ?? .nan)
    }

    /// A step that is measured again, after a commit whose answer was lost, replaces its value.
    static func upsert(_ db: Database, _ rows: [MetricRow], job: Int, branch: Int) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO metrics (job_id, branch, step, epoch, name, value) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET epoch = excluded.epoch, value = excluded.value
                """)
        for row in rows {
            try statement.execute(arguments: [job, branch, row.step, row.epoch, row.name, row.value])
        }
    }
}
