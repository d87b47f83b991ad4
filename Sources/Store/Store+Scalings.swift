import Crypto
import Foundation
import GRDB
package import Parallel

extension Store {
    /// The feature scaling that the weights of a checkpoint were trained with.
    ///
    /// - Returns: nil when a version of the program trained them that did not keep it.
    /// - Throws: `StoreError`: `.noSuchCheckpoint`; `.damaged` when it is not as it was stored.
    package func scaling(checkpoint: Int) async throws(StoreError) -> ScalingSnapshot? {
        try await read("read the scaling of checkpoint \(checkpoint)") { db in
            _ = try CheckpointRecord.fetch(db, id: checkpoint)
            let sql = """
                WITH RECURSIVE \(Lineage.ofOneCheckpoint)
                SELECT s.kind, s.numbers, s.sha256 FROM \(Lineage.nearest("scalings"))
                """
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [checkpoint]) else { return nil }
            let numbers = Chunks.decode(try row.decode(forColumn: "numbers"))
            guard let kind = ScalingSnapshot.Kind(rawValue: try row.decode(forColumn: "kind")),
                let scaling = ScalingSnapshot(kind: kind, numbers: numbers),
                try row.decode(Data.self, forColumn: "sha256") == scaling.sha256
            else {
                throw StoreError(
                    .damaged,
                    "the scaling of checkpoint \(checkpoint) is damaged: it does not match its SHA-256")
            }
            return scaling
        }
    }

    /// Keeps what a run of the job has fitted, unless its branch has that already or comes from one that has.
    static func keep(_ scaling: ScalingSnapshot, _ db: Database, job: Int) throws {
        let values: [any DatabaseValueConvertible] = [
            scaling.kind.rawValue, Chunks.encode(scaling.numbers[...]), scaling.sha256,
        ]
        let known = try Bool.fetchOne(
            db,
            sql: """
                WITH RECURSIVE \(Lineage.ofOneJob)
                SELECT s.kind = ?2 AND s.numbers = ?3 AND s.sha256 = ?4 FROM \(Lineage.nearest("scalings"))
                """, arguments: StatementArguments([job] + values))
        if known == true { return }
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO scalings (job_id, branch, kind, numbers, sha256)
                SELECT id, branch, ?2, ?3, ?4 FROM jobs WHERE id = ?1
                """, arguments: StatementArguments([job] + values))
    }
}

extension ScalingSnapshot {
    var sha256: Data {
        var hash = SHA256()
        hash.update(data: Data("\(kind.rawValue)\0".utf8))
        hash.update(data: Chunks.encode(numbers[...]))
        return Data(hash.finalize())
    }
}
