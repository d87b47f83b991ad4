import Foundation
import GRDB

extension Store {
    /// In so many lives of the daemon a job may run without coming to a checkpoint before the daemon ends by a fault of its own;
    /// then it is paused, and somebody can look at it while the daemon stays up.
    package static let mostCrashes = 3

    /// Queues the jobs that a daemon which is no more left `running`, at their old places. Call once, before any job is
    /// started.
    ///
    /// - Parameter isAfterCrash: Whether that daemon ended by a fault of its own, and not by SIGKILL or with the machine.
    /// - Returns: Those jobs in the order in which they were created, each with a reason that says where it goes on;
    ///   paused ones among them, over which the daemon has crashed too often.
    /// - Throws: `StoreError`.
    package func recoverInterrupted(
        afterCrash isAfterCrash: Bool = false
    ) async throws(StoreError) -> [JobRecord] {
        let now = Date()
        return try await write("recover the interrupted jobs") { db in
            let sql = "\(JobRecord.selection) WHERE j.state = 'running' ORDER BY j.id"
            return try Row.fetchAll(db, sql: sql).map { row in
                let job = try JobRecord(row: row)
                let crashes = job.crashes + (isAfterCrash ? 1 : 0)
                let place =
                    job.lastCheckpoint.map { "checkpoint \($0.id) at step \($0.step)" } ?? "the beginning"
                let isPaused = crashes >= Self.mostCrashes
                let reason =
                    isPaused
                    ? "the daemon crashed \(crashes) times in a row while the job ran, which came to no new checkpoint; "
                        + "resume it to go on from \(place)"
                    : "interrupted; resumes from \(place)"
                try JobTransition(job: job.id, to: isPaused ? .paused : .queued, reason: reason, now: now)
                    .run(db)
                // A resume begins a new count.
                if !isPaused {
                    try db.execute(
                        sql: "UPDATE jobs SET crashes = ? WHERE id = ?", arguments: [crashes, job.id])
                }
                return try JobRecord.fetch(db, id: job.id)
            }
        }
    }
}

extension JobRecord {
    /// A job that has come to a new checkpoint neither fails nor brings the daemon down each time: what is counted of
    /// either begins at 0 again.
    static func noteProgress(_ db: Database, job: Int) throws {
        try db.execute(
            sql: "UPDATE jobs SET restarts = 0, crashes = 0 WHERE id = ? AND (restarts > 0 OR crashes > 0)",
            arguments: [job])
    }
}
