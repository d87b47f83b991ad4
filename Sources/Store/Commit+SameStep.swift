import Foundation
import GRDB
import Parallel

extension Commit {
    /// The checkpoint at this very step: its commit happened but the answer was lost, or the epoch that ended with the
    /// step has been scored since, which changes the epoch's sums and what watches the metrics but no tensor.
    func checkpoint(_ db: Database, branch: Int) throws -> Int? {
        let sql = "SELECT id, manifest_sha256 FROM checkpoints WHERE job_id = ? AND branch = ? AND step = ?"
        let arguments: StatementArguments = [job, branch, snapshot.cursor.step]
        guard let row = try Row.fetchOne(db, sql: sql, arguments: arguments) else { return nil }
        let id: Int = try row.decode(forColumn: "id")
        if try row.decode(Data.self, forColumn: "manifest_sha256") == prepared.manifestSHA256 { return id }
        guard try hasTheSameTensors(db, checkpoint: id) else {
            throw StoreError(
                .conflict,
                "checkpoint \(id) of job \(job) was taken at step \(snapshot.cursor.step) too, with "
                    + "other contents; begin a branch to train on from an older checkpoint")
        }
        try db.execute(
            sql: """
                UPDATE checkpoints SET epoch_totals_json = ?, monitors_json = ?, manifest_sha256 = ? WHERE id = ?
                """,
            arguments: [prepared.epochTotalsJSON, prepared.monitorsJSON, prepared.manifestSHA256, id])
        return id
    }

    /// Whether a checkpoint at this step holds this snapshot's cursor, layout and chunks.
    private func hasTheSameTensors(_ db: Database, checkpoint id: Int) throws -> Bool {
        let record = try CheckpointRecord.fetch(db, id: id)
        let layout = try String.fetchOne(
            db, sql: "SELECT layout_json FROM checkpoints WHERE id = ?", arguments: [id])
        let rows = try Row.fetchAll(
            db, sql: "SELECT buffer, position, sha256 FROM checkpoint_chunks WHERE checkpoint_id = ?",
            arguments: [id])
        let stored = try rows.map { row in
            ChunkKey(
                buffer: try row.decode(forColumn: "buffer"), position: try row.decode(forColumn: "position"),
                sha256: try row.decode(forColumn: "sha256"))
        }
        let wanted = prepared.chunks.map { chunk in
            ChunkKey(buffer: prepared.bufferName(of: chunk), position: chunk.position, sha256: chunk.sha256)
        }
        return record.cursor == snapshot.cursor && record.weightsDigest == snapshot.weightsDigest
            && layout == prepared.layoutJSON && Set(stored) == Set(wanted)
    }

    private struct ChunkKey: Hashable {
        let buffer: String
        let position: Int
        let sha256: Data
    }
}
