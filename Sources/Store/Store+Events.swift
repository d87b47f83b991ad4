import Foundation
import GRDB

extension Store {
    /// A job's log, oldest first.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - after: Only events with a greater id, for a reader that has seen the ones up to there.
    ///   - limit: At most so many; nil for all.
    /// - Returns: The events, ascending by id.
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func events(
        job: Int, after: Int = 0, limit: Int? = nil
    ) async throws(StoreError) -> [EventRecord] {
        try await read("read the events of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            // A negative limit is none.
            let sql = "SELECT * FROM events WHERE job_id = ? AND id > ? ORDER BY id LIMIT ?"
            return try Array(
                Row.fetchCursor(db, sql: sql, arguments: [job, after, limit ?? -1]).map(
                    EventRecord.init(row:)))
        }
    }

    /// Adds a line to a job's log.
    ///
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func log(_ kind: EventRecord.Kind, _ message: String, job: Int) async throws(StoreError) {
        try await write("log an event of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            try EventRecord.insert(db, job: job, at: Date(), kind, message)
        }
    }
}
