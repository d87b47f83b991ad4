import Crypto
import Foundation
import Parallel

/// A snapshot that was checked and hashed, so that its transaction has only to write.
struct PreparedSnapshot: Sendable {
    struct Chunk: Sendable {
        /// Index of the buffer in the snapshot.
        let buffer: Int
        /// Counted from 0 within the buffer.
        let position: Int
        let range: Range<Int>
        let sha256: Data
    }

    let snapshot: TrainingSnapshot
    let epochTotalsJSON: String
    let monitorsJSON: String
    let layoutJSON: String
    let chunks: [Chunk]
    let manifestSHA256: Data
    /// Size of all buffers together.
    let bytes: Int

    /// Hashes on the cooperative pool rather than on the caller's actor, and lets others in between chunks.
    @concurrent
    static func prepare(_ snapshot: TrainingSnapshot) async throws(StoreError) -> PreparedSnapshot {
        try check(snapshot)
        var chunks: [Chunk] = []
        for (index, buffer) in snapshot.buffers.enumerated() {
            for (position, range) in Chunks.ranges(count: buffer.values.count).enumerated() {
                let hash = SHA256.hash(data: Chunks.encode(buffer.values[range]))
                chunks.append(Chunk(buffer: index, position: position, range: range, sha256: Data(hash)))
                await Task.yield()
            }
        }
        let epochTotalsJSON = try canonicalJSON(snapshot.epochTotals, what: "the snapshot's epoch totals")
        let monitorsJSON = try canonicalJSON(snapshot.monitors, what: "the snapshot's monitors")
        let layoutJSON = try canonicalJSON(SnapshotLayout(of: snapshot), what: "the snapshot's layout")
        let manifest = CheckpointManifest(
            cursor: snapshot.cursor, weightsDigest: snapshot.weightsDigest, epochTotalsJSON: epochTotalsJSON,
            monitorsJSON: monitorsJSON, layoutJSON: layoutJSON, chunkHashes: chunks.map(\.sha256))
        return PreparedSnapshot(
            snapshot: snapshot, epochTotalsJSON: epochTotalsJSON, monitorsJSON: monitorsJSON,
            layoutJSON: layoutJSON, chunks: chunks, manifestSHA256: manifest.sha256,
            bytes: snapshot.buffers.reduce(0) { $0 + $1.values.count * MemoryLayout<Float>.size })
    }

    /// The chunk as it is stored.
    func data(of chunk: Chunk) -> Data {
        Chunks.encode(snapshot.buffers[chunk.buffer].values[chunk.range])
    }

    func bufferName(of chunk: Chunk) -> String {
        snapshot.buffers[chunk.buffer].name
    }

    private static func check(_ snapshot: TrainingSnapshot) throws(StoreError) {
        let layout = SnapshotLayout(of: snapshot)
        let place = "the snapshot at step \(snapshot.cursor.step)"
        guard let count = layout.valueCount else {
            throw StoreError(.invalidSnapshot, "\(place) has a layout with a negative or too large shape")
        }
        guard Set(layout.buffers).count == layout.buffers.count, !layout.buffers.contains("") else {
            throw StoreError(.invalidSnapshot, "\(place) has a buffer without a name or two of one name")
        }
        guard Set(layout.tensors.map(\.name)).count == layout.tensors.count else {
            throw StoreError(.invalidSnapshot, "\(place) has two parameters of one name")
        }
        for buffer in snapshot.buffers where buffer.values.count != count {
            throw StoreError(
                .invalidSnapshot,
                "\(place) has \(buffer.values.count) values in buffer `\(buffer.name)`; "
                    + "its layout asks for \(count)")
        }
    }
}
