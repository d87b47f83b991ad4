import GRDB
package import Parallel

extension Store {
    /// Reads a checkpoint back, checking every chunk's SHA-256, every length and the layout.
    ///
    /// - Returns: The snapshot as it was committed, bit for bit, but without metric rows: they are in
    ///   `metrics`.
    /// - Throws: `StoreError`: `.damaged` names the checkpoint, the buffer and the chunk;
    ///   `.noSuchCheckpoint`.
    package func snapshot(checkpoint id: Int) async throws(StoreError) -> TrainingSnapshot {
        try await read("read checkpoint \(id)") { db in try SnapshotReader(checkpoint: id).read(db) }
    }

    /// Reads the newest whole checkpoint on the way that the job's branch took, passing over damaged ones.
    ///
    /// - Returns: nil when the job has no checkpoint yet.
    /// - Throws: `StoreError`: `.damaged` when there are checkpoints and none of them is whole. An I/O error
    ///   does not pass a checkpoint over, because it may go away, and the steps since the one before would
    ///   not come back.
    package func latestValidSnapshot(job: Int) async throws(StoreError) -> RestoredSnapshot? {
        try await read("read the checkpoints of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            // All in one access: between two, retention could delete the checkpoint that is to be read.
            var damaged: [StoreError] = []
            for checkpoint in try CheckpointRecord.fetchLineage(db, job: job) {
                do {
                    let snapshot = try SnapshotReader(checkpoint: checkpoint.id).read(db)
                    return RestoredSnapshot(checkpoint: checkpoint, snapshot: snapshot, damaged: damaged)
                } catch {
                    let error = StoreError(error, purpose: "read checkpoint \(checkpoint.id)")
                    guard error.code == .damaged else { throw error }
                    damaged.append(error)
                }
            }
            guard let newest = damaged.first else { return nil }
            throw StoreError(
                .damaged, "no checkpoint of job \(job) is whole (\(newest)); start it from the beginning")
        }
    }
}
