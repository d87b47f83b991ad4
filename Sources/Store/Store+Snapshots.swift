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

    /// As ``snapshot(checkpoint:)``, with some of its buffers alone; those that it does not have are left out.
    package func snapshot(
        checkpoint id: Int, buffers: Set<String>
    ) async throws(StoreError) -> TrainingSnapshot {
        try await read("read checkpoint \(id)") { db in
            try SnapshotReader(checkpoint: id, buffers: buffers).read(db)
        }
    }

    /// Reads the newest whole checkpoint on the way that the job's branch took, passing over damaged ones.
    ///
    /// - Returns: nil when the job has no checkpoint yet, or begins a branch anew.
    /// - Throws: `StoreError`: `.damaged` when there are checkpoints and none of them is whole or on that way. An I/O error
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
            guard let newest = damaged.first else {
                try Self.checkBeginsAnew(db, job: job)
                return nil
            }
            throw StoreError(
                .damaged, "no checkpoint of job \(job) is whole (\(newest)); start it from the beginning")
        }
    }
    /// A job that has checkpoints does not begin from the beginning unless a branch of it was told to: the one that its branch
    /// goes on from may have been removed, or the record of the branch been damaged.
    private static func checkBeginsAnew(_ db: Database, job: Int) throws {
        let sql = """
            SELECT max(c.id) FROM checkpoints c WHERE c.job_id = ?1 AND NOT EXISTS (
                SELECT 1 FROM jobs j JOIN branches b ON b.job_id = j.id AND b.number = j.branch
                WHERE j.id = ?1 AND b.number > 1 AND b.parent_branch IS NULL)
            """
        guard let newest = try Int.fetchOne(db, sql: sql, arguments: [job]) else { return }
        throw StoreError(
            .damaged,
            "the checkpoint that job \(job) goes on from is gone; resume it from another one by its id, "
                + "for example \(newest)")
    }
}
