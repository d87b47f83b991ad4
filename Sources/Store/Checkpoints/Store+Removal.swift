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
        while try await delete(id, job: job, needed: needed) == .lookAgain {
            needed = try await newestWhole(job: job)
        }
        await space.begin()
    }

    private enum Deletion {
        case done
        /// Retention has let the one go that was to stay, or the job goes on along another branch by now.
        case lookAgain
    }

    private struct Needed {
        let checkpoint: Int?
        let branch: Int
    }

    private func delete(_ id: Int, job: Int, needed: Needed) async throws(StoreError) -> Deletion {
        let now = Date()
        return try await write("remove checkpoint \(id)") { db in
            let record = try CheckpointRecord.fetch(db, id: id, job: job)
            guard !record.isPinned else {
                throw StoreError(.conflict, "checkpoint \(id) is pinned; unpin it before removing it")
            }
            guard try JobRecord.fetch(db, id: job).branch == needed.branch else { return .lookAgain }
            guard id != needed.checkpoint else {
                throw StoreError(
                    .conflict,
                    "checkpoint \(id) is the newest whole one of job \(job), which goes on from it; "
                        + "remove the job if nothing of it is wanted")
            }
            if let needed = needed.checkpoint {
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
    private func newestWhole(job: Int) async throws(StoreError) -> Needed {
        try await read("read the checkpoints of job \(job)") { db in
            let branch = try JobRecord.fetch(db, id: job).branch
            let sql = "SELECT id FROM checkpoints WHERE job_id = ? ORDER BY id DESC"
            let all = try Int.fetchAll(db, sql: sql, arguments: [job])
            let lineage = try CheckpointRecord.fetchLineage(db, job: job).map(\.id)
            let others = Set(all).subtracting(lineage)
            let newest = try (lineage + all.filter(others.contains)).first { id in
                do {
                    _ = try SnapshotReader(checkpoint: id).read(db)
                    return true
                } catch {
                    let error = StoreError(error, purpose: "read checkpoint \(id)")
                    guard error.code == .damaged else { throw error }
                    return false
                }
            }
            return Needed(checkpoint: newest, branch: branch)
        }
    }
}
