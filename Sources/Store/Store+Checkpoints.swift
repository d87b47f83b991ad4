import Foundation
import GRDB
package import Parallel
package import Spec

extension Store {
    /// Makes a snapshot durable as the newest checkpoint of the job's branch, in one transaction with its
    /// metric rows, the job's new state and the deletion of checkpoints that `retention` does not keep.
    ///
    /// To commit the same snapshot again is harmless and gives the same record, and so the caller that never
    /// got the answer can repeat the call. Also mends chunks of equal contents that were damaged on disk.
    ///
    /// - Parameters:
    ///   - snapshot: Taken at a step boundary; its buffers are all as long as its layout says.
    ///   - job: The job's id.
    ///   - state: What the job becomes with this checkpoint; nil leaves it as it is.
    ///   - reason: Of the new state; ignored without one.
    ///   - retention: What to keep of the job's checkpoints; the newest always stays.
    /// - Returns: The checkpoint's record.
    /// - Throws: `StoreError`: `.diskFull` and `.inputOutput` leave everything as it was; `.conflict` when
    ///   the branch has come further already or says otherwise about this step; `.illegalTransition`,
    ///   `.invalidSnapshot`, `.noSuchJob`.
    @discardableResult
    package func commit(
        _ snapshot: TrainingSnapshot, job: Int, state: JobRecord.State? = nil, reason: String? = nil,
        retention: CheckpointSpec
    ) async throws(StoreError) -> CheckpointRecord {
        let prepared = try await PreparedSnapshot.prepare(snapshot)
        let commit = Commit(
            prepared: prepared, job: job, state: state, reason: reason, retention: retention, now: Date())
        let purpose = "commit a checkpoint of job \(job) at step \(snapshot.cursor.step)"
        let outcome = try await writeMakingRoom(purpose) { db in try commit.run(db) }
        await space.committed(job: job, pages: outcome.pages)
        if let state, state != .running && state != .queued { await space.rests(job: job) }
        return outcome.record
    }

    /// - Throws: `StoreError` with `.noSuchCheckpoint`.
    package func checkpoint(_ id: Int) async throws(StoreError) -> CheckpointRecord {
        try await read("read checkpoint \(id)") { db in try CheckpointRecord.fetch(db, id: id) }
    }

    /// - Throws: `StoreError` with `.noSuchCheckpoint`, also for another job's.
    package func checkpoint(_ id: Int, job: Int) async throws(StoreError) -> CheckpointRecord {
        try await read("read checkpoint \(id)") { db in try CheckpointRecord.fetch(db, id: id, job: job) }
    }

    /// The checkpoints of a job, over all its branches, newest first.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - limit: How many of the newest; nil for all.
    /// - Returns: Those of all its branches.
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func checkpoints(job: Int, limit: Int? = nil) async throws(StoreError) -> [CheckpointRecord] {
        try await read("read the checkpoints of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            return try CheckpointRecord.fetchNewest(db, job: job, limit: limit)
        }
    }

    /// The newest checkpoints of a job, each with what its branch had measured last when it was taken.
    ///
    /// - Returns: Those, newest first, and how many checkpoints the job has in all.
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func measuredCheckpoints(
        job: Int, limit: Int?
    ) async throws(StoreError) -> (checkpoints: [(CheckpointRecord, [MetricRow])], total: Int) {
        try await read("read the checkpoints of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            let checkpoints = try CheckpointRecord.fetchNewest(db, job: job, limit: limit)
                .map { ($0, try MetricRow.fetchNewest(db, checkpoint: $0)) }
            let sql = "SELECT count(*) FROM checkpoints WHERE job_id = ?"
            return (checkpoints, try Int.fetchOne(db, sql: sql, arguments: [job]) ?? 0)
        }
    }
}

extension CheckpointRecord {
    /// Takes the job's id and the most rows, negative for all.
    static let newest = """
        SELECT \(columns) FROM checkpoints c
        WHERE c.id IN (SELECT id FROM checkpoints WHERE job_id = ? ORDER BY id DESC LIMIT ?)
        ORDER BY c.id DESC
        """

    fileprivate static func fetchNewest(_ db: Database, job: Int, limit: Int?) throws -> [CheckpointRecord] {
        try Row.fetchAll(db, sql: newest, arguments: [job, limit ?? -1]).map(CheckpointRecord.init(row:))
    }
}
