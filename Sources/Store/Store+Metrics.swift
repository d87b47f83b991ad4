import GRDB
package import Parallel

extension Store {
    /// The job's curves: what was measured on its branch and, up to each fork, on those it comes from. Where
    /// two branches have a value for one step, the younger one's counts.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - since: Only values measured after this many steps; nil for all.
    ///   - points: The most values of a curve, at least 2; longer ones are thinned evenly over their steps,
    ///     with the first value and the last. nil for all, which takes a second a million.
    /// - Returns: Ascending by step, then by name.
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func metrics(job: Int, since: Int? = nil, points: Int? = nil) async throws(StoreError)
        -> [MetricRow]
    {
        try await read("read the metrics of job \(job)") { db in
            let branch = try JobRecord.fetch(db, id: job).branch
            let curves = try CurveSegment.fetch(db, job: job, branch: branch, after: since ?? -1)
            var rows: [MetricRow] = []
            for segments in curves.values {
                rows += try CurveReader(db: db, job: job, segments: segments).read(
                    limit: points.map { max(2, $0) })
            }
            return rows.sorted { ($0.step, $0.name) < ($1.step, $1.name) }
        }
    }

    /// The next part of the job's curves, whole steps of it. What is in memory at once is bounded by `limit`
    /// and the number of curves, however long those are.
    ///
    /// Each part is of the branch that the job is on then.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - since: Only values measured after this many steps: the last step of the part before; nil for the
    ///     first.
    ///   - limit: The most values of a curve, at least 1.
    /// - Returns: As `metrics` does; nothing behind the last step.
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func metricsPart(
        job: Int, since: Int? = nil, limit: Int
    ) async throws(StoreError) -> [MetricRow] {
        try await read("read the metrics of job \(job)") { db in
            let branch = try JobRecord.fetch(db, id: job).branch
            let curves = try CurveSegment.fetch(db, job: job, branch: branch, after: since ?? -1)
            let most = max(1, limit)
            var (rows, last) = ([MetricRow](), Int.max)
            for segments in curves.values {
                let curve = try CurveReader(db: db, job: job, segments: segments).first(most, upTo: last)
                // There may be more of this curve behind, so the part ends here.
                if curve.count == most, let end = curve.last { last = min(last, end.step) }
                rows += curve
            }
            return rows.filter { $0.step <= last }.sorted { ($0.step, $0.name) < ($1.step, $1.name) }
        }
    }

    /// The newest value of each curve of these jobs, by the job's id.
    package func newestMetrics(of jobs: [JobRecord]) async throws(StoreError) -> [Int: [MetricRow]] {
        try await read("read the newest metrics") { db in
            var newest: [Int: [MetricRow]] = [:]
            for job in jobs {
                newest[job.id] = try MetricRow.fetchNewest(db, job: job.id, branch: job.branch, upTo: .max)
            }
            return newest
        }
    }
}

extension Store {
    /// The queries whose cost must not grow with the tables; tests look at their plans.
    package static let keyedQueries = [
        "\(JobRecord.selection) WHERE j.id = ?", CheckpointRecord.newest, CheckpointRecord.ownBytes,
        CurveSegment.query, CurveReader.values, CurveReader.thinned,
    ]
}

extension MetricRow {
    /// The newest value of each curve when the checkpoint was taken.
    static func fetchNewest(_ db: Database, checkpoint: CheckpointRecord) throws -> [MetricRow] {
        try fetchNewest(db, job: checkpoint.job, branch: checkpoint.branch, upTo: checkpoint.step)
    }

    fileprivate static func fetchNewest(
        _ db: Database, job: Int, branch: Int, upTo step: Int
    ) throws -> [MetricRow] {
        let curves = try CurveSegment.fetch(db, job: job, branch: branch, upTo: step)
        return try curves.values.compactMap(\.last).flatMap { segment in
            let end = CurveSegment(
                name: segment.name, branch: segment.branch, first: segment.last, last: segment.last)
            return try CurveReader(db: db, job: job, segments: [end]).read(limit: nil)
        }
    }

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
