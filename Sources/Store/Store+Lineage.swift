import GRDB

extension Store {
    /// A part of the way to a checkpoint: steps up to `lastStep` of one branch.
    package struct LineagePart: Sendable, Equatable {
        package let branch: Int
        package let lastStep: Int
    }

    /// The branches on the way to a checkpoint, its own first, each with the step up to which it was gone.
    ///
    /// - Throws: `StoreError` with `.noSuchCheckpoint`.
    package func lineage(of checkpoint: Int) async throws(StoreError) -> [LineagePart] {
        try await read("read the way to checkpoint \(checkpoint)") { db in
            _ = try CheckpointRecord.fetch(db, id: checkpoint)
            // A branch's parent has a lower number.
            let sql = """
                WITH RECURSIVE \(Lineage.ofOneCheckpoint)
                SELECT branch, last_step FROM lineage ORDER BY branch DESC
                """
            return try Row.fetchAll(db, sql: sql, arguments: [checkpoint]).map { row in
                LineagePart(
                    branch: try row.decode(forColumn: "branch"),
                    lastStep: try row.decode(forColumn: "last_step"))
            }
        }
    }

    /// The checkpoints from which the job could go on along its branch, newest first.
    ///
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func checkpointsOnBranch(job: Int) async throws(StoreError) -> [CheckpointRecord] {
        try await read("read the checkpoints of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            return try CheckpointRecord.fetchLineage(db, job: job)
        }
    }
}
