import Foundation
import Parallel

/// A snapshot on its way: the length of a header, the header as JSON, and the numbers as they lie in memory, least byte
/// first.
enum WireSnapshot {
    struct Header: Codable {
        var cursor: TrainingCursor
        var epochTotals: Tally
        var monitors: TrainingMonitors
        var layout: [SnapshotTensor]
        var buffers: [String]
        var weightsDigest: String
        var metrics: [MetricRow]
    }

    static let longestHeader = 64 << 20
    /// Weights, the state of any optimizer and an average are fewer.
    static let mostBuffers = 16

    /// The longest there can be of a model with so many numbers.
    static func longest(valuesPerBuffer: Int) -> Int {
        let (bytes, overflow) = valuesPerBuffer.multipliedReportingOverflow(by: 4 * mostBuffers)
        return overflow || bytes > Int.max - longestHeader - 4 ? .max : bytes + longestHeader + 4
    }

    /// Sends the snapshot without a copy of its numbers.
    static func write(_ snapshot: TrainingSnapshot, to socket: WireSocket) throws {
        let header = try WireCoding.bytes(
            of: Header(
                cursor: snapshot.cursor, epochTotals: snapshot.epochTotals, monitors: snapshot.monitors,
                layout: snapshot.layout, buffers: snapshot.buffers.map(\.name),
                weightsDigest: snapshot.weightsDigest, metrics: snapshot.metrics))
        let count = snapshot.buffers.reduce(4 + header.count) { $0 + 4 * $1.values.count }
        try socket.write(WireFrame(.snapshot, count: count).bytes)
        try socket.write((0..<4).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header)
        for buffer in snapshot.buffers {
            let result = unsafe buffer.values.withUnsafeBytes { bytes in
                Result { () throws(WireError) in try unsafe socket.write(bytes) }
            }
            try result.get()
        }
    }

    /// - Parameters:
    ///   - count: By the frame.
    ///   - valuesPerBuffer: By the model; nothing is made room for that is not as long.
    ///   - socket: Where it comes in.
    /// - Returns: The snapshot.
    /// - Throws: `WireError`.
    static func read(count: Int, valuesPerBuffer: Int, from socket: WireSocket) throws -> TrainingSnapshot {
        guard count >= 4 else { throw mismatch }
        let length = try socket.read(count: 4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= longestHeader, length <= count - 4 else { throw mismatch }
        let header = try WireCoding.value(Header.self, of: try socket.read(count: length))
        let (bytes, overflow) = valuesPerBuffer.multipliedReportingOverflow(by: 4 * header.buffers.count)
        guard header.buffers.count <= mostBuffers, !overflow, bytes == count - 4 - length else {
            throw mismatch
        }
        let buffers = try header.buffers.map { name in
            let values = try unsafe [Float](unsafeUninitializedCapacity: valuesPerBuffer) {
                values, initialized in
                try unsafe socket.read(into: UnsafeMutableRawBufferPointer(values))
                initialized = valuesPerBuffer
            }
            return SnapshotBuffer(name: name, values: values)
        }
        return TrainingSnapshot(
            cursor: header.cursor, epochTotals: header.epochTotals, monitors: header.monitors,
            layout: header.layout, buffers: buffers, weightsDigest: header.weightsDigest,
            metrics: header.metrics)
    }

    private static var mismatch: WireError {
        WireError(.malformed, "a snapshot came in whose length is not that of the model's numbers")
    }
}
