import Foundation
import GRDB
import Spec

extension Store {
    /// Makes the job go on from an older checkpoint, on a branch of its own; what came after stays on the old
    /// one.
    ///
    /// Call it while nothing trains the job. From the newest checkpoint of the branch in use it changes
    /// nothing, because that branch simply goes on.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - checkpoint: One of the job's; nil for a branch from the beginning.
    ///   - acceptingChange: Whether the next run may differ from the last in data and instruction set. It
    ///     then always gets a branch of its own, so that no branch mixes two data sets, and what the last
    ///     run used is forgotten, in the same transaction, and a revision tells of it.
    /// - Returns: The job on the branch that it is to use.
    /// - Throws: `StoreError`: `.noSuchCheckpoint` also for another job's; `.noSuchJob`.
    @discardableResult
    package func beginBranch(
        job: Int, from checkpoint: Int?, acceptingChange: Bool = false
    ) async throws(StoreError) -> JobRecord {
        let now = Date()
        return try await write("begin a branch of job \(job)") { db in
            try Self.beginBranch(db, job: job, from: checkpoint, acceptingChange: acceptingChange, at: now)
            return try JobRecord.fetch(db, id: job)
        }
    }

    /// Queues a job again to go on from a checkpoint, as `beginBranch` says, in one transaction.
    ///
    /// - Returns: The job, queued, on the branch that it is to use.
    /// - Throws: `StoreError`: `.illegalTransition`, `.noSuchCheckpoint` also for another job's, `.noSuchJob`. The job is
    ///   then as it was.
    @discardableResult
    package func resume(
        job: Int, from checkpoint: Int, acceptingChange: Bool
    ) async throws(StoreError) -> JobRecord {
        let now = Date()
        return try await write("resume job \(job) from checkpoint \(checkpoint)") { db in
            try Self.beginBranch(db, job: job, from: checkpoint, acceptingChange: acceptingChange, at: now)
            try JobTransition(job: job, to: .queued, reason: nil, now: now).run(db)
            try Self.setRestarts(db, 0, of: job)
            return try JobRecord.fetch(db, id: job)
        }
    }

    private static func beginBranch(
        _ db: Database, job: Int, from checkpoint: Int?, acceptingChange: Bool, at now: Date
    ) throws {
        let before = try JobRecord.fetch(db, id: job)
        if !acceptingChange, checkpoint == before.lastCheckpoint?.id { return }
        let branch = try insertBranch(db, job: job, from: checkpoint, at: now)
        var message = "branch \(branch.number) from \(branch.place)"
        if acceptingChange {
            try forgetConditions(db, job: job)
            let changes = [RevisionRecord.changedConditions]
            // The spec stays, be it readable or not.
            let spec = (try? before.spec().canonicalJSON) ?? before.specJSON
            message += try insertRevision(
                db, of: before, spec: spec, branch: branch.number, changes: changes, at: now)
        }
        try EventRecord.insert(db, job: job, at: now, .branch, message)
    }

    /// Begins a branch and puts the job on it.
    ///
    /// - Returns: The branch's number, and from where it goes, in words.
    /// - Throws: `StoreError` with `.noSuchCheckpoint`.
    static func insertBranch(
        _ db: Database, job: Int, from checkpoint: Int?, at now: Date
    ) throws -> (number: Int, place: String) {
        let parent = try checkpoint.map { try CheckpointRecord.fetch(db, id: $0, job: job) }
        let sql = "SELECT max(number) + 1 FROM branches WHERE job_id = ?"
        let number = try Int.fetchOne(db, sql: sql, arguments: [job]) ?? 1
        try db.execute(
            sql: """
                INSERT INTO branches (
                    job_id, number, parent_branch, parent_checkpoint, fork_step, created_at
                ) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [job, number, parent?.branch, parent?.id, parent?.step ?? 0, now.milliseconds])
        try db.execute(sql: "UPDATE jobs SET branch = ? WHERE id = ?", arguments: [number, job])
        return (number, parent.map { "checkpoint \($0.id) at step \($0.step)" } ?? "the beginning")
    }

    /// Whatever the last run used, the next one may use something else.
    static func forgetConditions(_ db: Database, job: Int) throws {
        try db.execute(
            sql: "UPDATE jobs SET data_fingerprint = NULL, instruction_set = NULL WHERE id = ?",
            arguments: [job])
    }
}
