import Foundation
import GRDB

extension Store {
    /// Pins a checkpoint, so that retention never lets it go, or gives it back to retention. What it gives back stays
    /// until the job's next checkpoint.
    ///
    /// - Throws: `StoreError`: `.noSuchCheckpoint` also for another job's.
    @discardableResult
    package func setPinned(
        _ isPinned: Bool, checkpoint id: Int, job: Int
    ) async throws(StoreError) -> CheckpointRecord {
        let now = Date()
        return try await write("\(isPinned ? "pin" : "unpin") checkpoint \(id)") { db in
            let before = try CheckpointRecord.fetch(db, id: id, job: job)
            guard before.isPinned != isPinned else { return before }
            try db.execute(sql: "UPDATE checkpoints SET pinned = ? WHERE id = ?", arguments: [isPinned, id])
            let message = "checkpoint \(id) at step \(before.step) is \(isPinned ? "pinned" : "unpinned")"
            try EventRecord.insert(db, job: job, at: now, .checkpoint, message)
            return try CheckpointRecord.fetch(db, id: id)
        }
    }
}
