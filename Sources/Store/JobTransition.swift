import Foundation
import GRDB

/// A change of a job's state, with the times and the log line that go with it.
struct JobTransition: Sendable {
    let job: Int
    let to: JobRecord.State
    let reason: String?
    let now: Date

    /// A job that somebody queues anew goes behind the others; one whose run has ended by no wish of anybody's keeps its
    /// place. However a run ends, the daemon lives, and counts no crashes.
    ///
    /// - Precondition: `db` is inside a transaction, so that nothing comes between the check and the change.
    func run(_ db: Database) throws {
        let sql = "SELECT state, reason FROM jobs WHERE id = ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [job]) else {
            throw StoreError.noSuchJob(job)
        }
        let from = try JobRecord.State(row.decode(forColumn: "state"))
        guard from.canBecome(to) else { throw illegal(from) }
        try db.execute(
            sql: """
                UPDATE jobs SET
                    state = :state,
                    reason = :reason,
                    started_at = iif(:state = 'running', ifnull(started_at, :now), started_at),
                    finished_at = iif(:terminal, ifnull(finished_at, :now), NULL),
                    queue_place = iif(:state = 'queued' AND state NOT IN ('queued', 'running'),
                        \(Store.lastPlace), queue_place),
                    crashes = iif(:state = 'running' OR (:state = 'queued' AND state = 'queued'), crashes, 0)
                WHERE id = :job
                """,
            arguments: [
                "state": to.rawValue, "reason": reason, "now": now.milliseconds, "terminal": to.isTerminal,
                "job": job,
            ])
        let oldReason: String? = try row.decode(forColumn: "reason")
        guard from != to || oldReason != reason else { return }
        let message = [to.rawValue, reason].compactMap(\.self).joined(separator: ": ")
        try EventRecord.insert(db, job: job, at: now, .state, message)
    }

    private func illegal(_ from: JobRecord.State) -> StoreError {
        let legal = JobRecord.State.allCases.filter { $0 != from && from.canBecome($0) }.map(\.rawValue)
        let rest = legal.isEmpty ? "that is final" : "it can become \(legal.joined(separator: " or "))"
        return StoreError(
            .illegalTransition, "job \(job) is \(from.rawValue) and cannot become \(to.rawValue); \(rest)")
    }
}
