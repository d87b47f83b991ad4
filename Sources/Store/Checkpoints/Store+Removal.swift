import Foundation
import GRDB

extension Store {
    /// Removes a checkpoint of a job, unless it is pinned or the one that the job would go on from.
    ///
    /// - Throws: `StoreError`: `.conflict` when it has to stay; `.noSuchCheckpoint` also for another job's;
    ///   `.noSuchJob`.
    package func deleteCheckpoint(_ id: Int, job: Int) async throws(StoreError) {
        // Looked for outside of the transaction, because it reads a whole checkpoint while nobody could write.
        var needed = try await newestWhole(job: job)
        while true {
            switch try await delete(id, job: job, needed: needed) {
            case .done: return await space.begin()
            case .lookAgain: needed = try await newestWhole(job: job)
            }
        }
    }

    private enum Deletion {
        case done
        /// Retention has let the one go that was to stay.
        case lookAgain
    }

    private func delete(_ id: Int, job: Int, needed: Int?) async throws(StoreError) -> Deletion {
        let now = Date()
        return try await write("remove checkpoint \(id)") { db in
            let record = try CheckpointRecord.fetch(db, id: id, job: job)
            guard !record.isPinned else {
                throw StoreError(.conflict, "checkpoint \(id) is pinned; unpin it before removing it")
            }
            guard id != needed else {
                throw StoreError(
                    .conflict,
                    "checkpoint \(id) is the newest whole one of job \(job), which goes on from it; "
                        + "remove the job if nothing of it is wanted")
            }
            if let needed {
                let sql = "SELECT id FROM checkpoints WHERE id = ?"
                guard try Int.fetchOne(db, sql: sql, arguments: [needed]) != nil else { return .lookAgain }
            }
            try db.execute(sql: "DELETE FROM checkpoints WHERE id = ?", arguments: [id])
            try EventRecord.insert(
                db, job: job, at: now, .checkpoint, "checkpoint \(id) at step \(record.step) is removed")
            return .done
        }
    }

    /// The checkpoint that the job would go on from or, when all of those are damaged, the newest whole one of
    /// another branch; nil when nothing is whole.
    private func newestWhole(job: Int) async throws(StoreError) -> Int? {
        try await read("read the checkpoints of job \(job)") { db in
            _ = try JobRecord.fetch(db, id: job)
            let sql = "SELECT id FROM checkpoints WHERE job_id = ? ORDER BY id DESC"
            let all = try Int.fetchAll(db, sql: sql, arguments: [job])
            let lineage = try CheckpointRecord.fetchLineage(db, job: job).map(\.id)
            let others = Set(all).subtracting(lineage)
            return try (lineage + all.filter(others.contains)).first { id in
                do {
                    _ = try SnapshotReader(checkpoint: id).read(db)
                    return true
                } catch {
                    let error = StoreError(error, purpose: "read checkpoint \(id)")
                    guard error.code == .damaged else { throw error }
                    return false
                }
            }
        }
    }
}
