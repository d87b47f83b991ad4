import GRDB
package import Parallel

/// A checkpoint with all that is known of it but its tensors' values.
package struct CheckpointDetails: Sendable, Equatable {
    package let checkpoint: CheckpointRecord
    /// The newest value of each of its branch's curves when it was taken.
    package let metrics: [MetricRow]
    /// Names: `parameters`, then the optimizer's state.
    package let buffers: [String]
    /// What each buffer holds, in its order.
    package let tensors: [SnapshotTensor]
    /// Bytes of the chunks that no other checkpoint has; so much becomes free when it goes.
    package let ownBytes: Int
}

extension Store {
    /// Reads all about a checkpoint of a job, without looking at its values.
    ///
    /// - Throws: `StoreError`: `.noSuchCheckpoint` also for another job's; `.damaged`, `.noSuchJob`.
    package func checkpointDetails(_ id: Int, job: Int) async throws(StoreError) -> CheckpointDetails {
        try await read("read checkpoint \(id)") { db in
            let record = try CheckpointRecord.fetch(db, id: id, job: job)
            let sql = "SELECT layout_json FROM checkpoints WHERE id = ?"
            let json = try String.fetchOne(db, sql: sql, arguments: [id]) ?? ""
            guard let layout = try? SnapshotLayout(json: json) else {
                throw StoreError(.damaged, "checkpoint \(id) is damaged: its layout cannot be read")
            }
            return CheckpointDetails(
                checkpoint: record, metrics: try MetricRow.fetchNewest(db, checkpoint: record),
                buffers: layout.buffers, tensors: layout.tensors,
                ownBytes: try Int.fetchOne(db, sql: CheckpointRecord.ownBytes, arguments: [id]) ?? 0)
        }
    }
}

extension CheckpointRecord {
    /// Takes the checkpoint's id.
    static let ownBytes = """
        SELECT sum(length(c.data))
        FROM (SELECT DISTINCT sha256 FROM checkpoint_chunks WHERE checkpoint_id = ?1) k
        CROSS JOIN chunks c ON c.sha256 = k.sha256
        WHERE NOT EXISTS (
            SELECT 1 FROM checkpoint_chunks o WHERE o.sha256 = k.sha256 AND o.checkpoint_id <> ?1)
        """
}
