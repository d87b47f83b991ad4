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
        return try await write("commit a checkpoint of job \(job) at step \(snapshot.cursor.step)") { db in
            try commit.run(db)
        }
    }

    /// - Throws: `StoreError` with `.noSuchCheckpoint`.
    package func checkpoint(_ id: Int) async throws(StoreError) -> CheckpointRecord {
        try await read("read checkpoint \(id)") { db in try CheckpointRecord.fetch(db, id: id) }
    }

    /// All checkpoints of a job, over all its branches, newest first.
    package func checkpoints(job: Int) async throws(StoreError) -> [CheckpointRecord] {
        try await read("read the checkpoints of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            let sql = """
                SELECT \(CheckpointRecord.columns) FROM checkpoints c WHERE c.job_id = ? ORDER BY c.id DESC
                """
            return try Row.fetchAll(db, sql: sql, arguments: [job]).map(CheckpointRecord.init(row:))
        }
    }
}
