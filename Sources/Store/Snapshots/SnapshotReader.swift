import Crypto
import Foundation
import GRDB
import Parallel

/// Reads a checkpoint's tensors back and trusts none of them: hashes, lengths and layout are checked.
struct SnapshotReader {
    let checkpoint: Int
    /// Which buffers are read; nil for all.
    var buffers: Set<String>?

    func read(_ db: Database) throws -> TrainingSnapshot {
        let record = try CheckpointRecord.fetch(db, id: checkpoint)
        try checkPlace(db, record)
        let sql = """
            SELECT epoch_totals_json, monitors_json, layout_json, manifest_sha256 FROM checkpoints WHERE id = ?
            """
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [checkpoint]) else {
            throw StoreError.noSuchCheckpoint(checkpoint)
        }
        let epochTotalsJSON: String = try row.decode(forColumn: "epoch_totals_json")
        guard let epochTotals = try? JSONDecoder().decode(Tally.self, from: Data(epochTotalsJSON.utf8)) else {
            throw damaged("its epoch totals cannot be read")
        }
        let monitorsJSON: String = try row.decode(forColumn: "monitors_json")
        guard let monitors = try? JSONDecoder().decode(TrainingMonitors.self, from: Data(monitorsJSON.utf8))
        else {
            throw damaged("its monitors cannot be read")
        }
        let layoutJSON: String = try row.decode(forColumn: "layout_json")
        guard let layout = try? SnapshotLayout(json: layoutJSON), let count = layout.valueCount else {
            throw damaged("its layout cannot be read")
        }
        let hashes = try layout.buffers.map { try chunkHashes(db, buffer: $0) }
        let manifest = CheckpointManifest(
            cursor: record.cursor, weightsDigest: record.weightsDigest, epochTotalsJSON: epochTotalsJSON,
            monitorsJSON: monitorsJSON, layoutJSON: layoutJSON, chunkHashes: hashes.flatMap(\.self))
        guard try row.decode(Data.self, forColumn: "manifest_sha256") == manifest.sha256 else {
            throw damaged("its record and its list of chunks do not match their SHA-256")
        }
        let wanted = zip(layout.buffers, hashes).filter { self.buffers?.contains($0.0) ?? true }
        let buffers = try wanted.map { name, hashes in
            SnapshotBuffer(name: name, values: try values(db, buffer: name, hashes: hashes, count: count))
        }
        return TrainingSnapshot(
            cursor: record.cursor, epochTotals: epochTotals, monitors: monitors, layout: layout.tensors,
            buffers: buffers, weightsDigest: record.weightsDigest, metrics: [])
    }

    /// The manifest leaves out whose the checkpoint is. That stands in the record and in the index by which it is found,
    /// and damage would have to hit both.
    private func checkPlace(_ db: Database, _ record: CheckpointRecord) throws {
        let sql = "SELECT id FROM checkpoints WHERE job_id = ? AND branch = ? AND step = ?"
        guard
            try Int.fetchOne(db, sql: sql, arguments: [record.job, record.branch, record.step]) == checkpoint
        else {
            throw damaged(
                "its record and the index of all checkpoints do not agree on its job, branch and step")
        }
    }

    private func chunkHashes(_ db: Database, buffer: String) throws -> [Data] {
        let sql = """
            SELECT sha256 FROM checkpoint_chunks WHERE checkpoint_id = ? AND buffer = ? ORDER BY position
            """
        return try Data.fetchAll(db, sql: sql, arguments: [checkpoint, buffer])
    }

    private func values(_ db: Database, buffer: String, hashes: [Data], count: Int) throws -> [Float] {
        let statement = try db.cachedStatement(sql: "SELECT data FROM chunks WHERE sha256 = ?")
        var values: [Float] = []
        values.reserveCapacity(count)
        for (position, hash) in hashes.enumerated() {
            let place = "chunk \(position + 1) of \(hashes.count) of buffer `\(buffer)`"
            guard let data = try Data.fetchOne(statement, arguments: [hash]) else {
                throw damaged("\(place) is missing")
            }
            guard Data(SHA256.hash(data: data)) == hash else {
                throw damaged("\(place) does not match its SHA-256")
            }
            values.append(contentsOf: Chunks.decode(data))
        }
        guard values.count == count else {
            throw damaged("buffer `\(buffer)` holds \(values.count) values, and its layout asks for \(count)")
        }
        return values
    }

    private func damaged(_ what: String) -> StoreError {
        StoreError(.damaged, "checkpoint \(checkpoint) is damaged: \(what)")
    }
}
