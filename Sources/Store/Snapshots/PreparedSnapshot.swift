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

    /// Hashes on the cooperative pool rather than on the caller's actor.
    @concurrent
    static func prepare(_ snapshot: TrainingSnapshot) async throws(StoreError) -> PreparedSnapshot {
        try check(snapshot)
        let chunks = await hashedChunks(of: snapshot)
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

    /// In the order of the layout's buffers. A few tasks share the work, and each lets others in between chunks.
    private static func hashedChunks(of snapshot: TrainingSnapshot) async -> [Chunk] {
        let places = snapshot.buffers.enumerated().flatMap { index, buffer in
            Chunks.ranges(count: buffer.values.count).enumerated().map { (index, $0.offset, $0.element) }
        }
        let tasks = min(hashingTasks, places.count)
        return await withTaskGroup(of: [(Int, Chunk)].self) { group in
            for first in 0..<tasks {
                group.addTask {
                    var hashed: [(Int, Chunk)] = []
                    for place in stride(from: first, to: places.count, by: tasks) {
                        let (buffer, position, range) = places[place]
                        let sha256 = Chunks.sha256(snapshot.buffers[buffer].values[range])
                        hashed.append(
                            (place, Chunk(buffer: buffer, position: position, range: range, sha256: sha256)))
                        await Task.yield()
                    }
                    return hashed
                }
            }
            return await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// More would only wait: hashing is no more than a few times as fast as the disk.
    private static let hashingTasks = 4

    /// Runs `body` with the chunk as it is stored.
    func withData<Result>(of chunk: Chunk, _ body: (Data) throws -> Result) rethrows -> Result {
        try Chunks.withEncoded(snapshot.buffers[chunk.buffer].values[chunk.range], body)
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
