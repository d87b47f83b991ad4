import Foundation
import GRDB
import Parallel
import Spec
import Store

/// A directory that goes when the last reference to it goes.
final class TemporaryDirectory: Sendable {
    let path: String

    /// - Parameter parent: Where to make it, if it is there: in memory, for example, for many short-lived files.
    /// - Throws: What the file system says.
    init(in parent: String? = nil) throws {
        let isThere = parent.map { FileManager.default.isWritableFile(atPath: $0) } ?? false
        let place = isThere ? parent.map { URL(fileURLWithPath: $0) } : nil
        let url = (place ?? FileManager.default.temporaryDirectory).appendingPathComponent(
            "nnd-store-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var database: String { path + "/nnd.sqlite" }

    func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: database)) }

    func write(_ bytes: Data) throws { try bytes.write(to: URL(fileURLWithPath: database)) }
}

extension Store {
    func makeJob(_ name: String = "digits") async throws -> Int {
        try await createJob(name: name, ifTaken: .refuse, specJSON: "{}", workers: .auto).id
    }

    func endAndDelete(_ job: Int) async throws {
        try await setState(.stopped, of: job)
        try await deleteJob(job)
    }

    func makeRunningJob(_ name: String = "digits") async throws -> Int {
        let job = try await makeJob(name)
        try await recordRun(
            job: job, dataFingerprint: "d1", instructionSet: "avx2", totalSteps: 1000, shards: 2)
        return job
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? -1 }
    }

    func integrity() async throws -> String? {
        try await database.read { db in
            guard try db.foreignKeyViolations().next() == nil else { return "foreign key violation" }
            return try String.fetchOne(db, sql: "PRAGMA integrity_check")
        }
    }
}

extension TrainingSnapshot {
    /// Values from one marked value to the next in `sample`.
    static let markStride = 997

    /// A snapshot with buffers of one chunk and a bit. All their marked values differ, between buffers and
    /// between steps; the values between them are one and the same, which is quick to build and to compare.
    static func sample(
        step: Int, count: Int = Chunks.valuesPerChunk + 3, metrics: [MetricRow] = []
    ) -> TrainingSnapshot {
        func values(_ buffer: Int) -> [Float] {
            var values = [Float](repeating: 1, count: count)
            for (number, index) in stride(from: 0, to: count, by: markStride).enumerated() {
                values[index] = Float(bitPattern: UInt32(0x2000_0000 + step << 12 + number << 1 + buffer))
            }
            values[count - 1] = values[0]
            return values
        }
        return TrainingSnapshot(
            cursor: TrainingCursor(
                step: step, epoch: step / 10, samplesInEpoch: step % 10 * 8, samples: step * 8,
                updates: step),
            epochTotals: Tally(
                lossSum: Double(step) / 3, terms: Double(step % 10 * 8), correct: step % 10,
                samples: step % 10 * 8),
            monitors: TrainingMonitors(
                plateau: PlateauState(best: 0.1 + 0.2, badEpochs: step % 3, cooldown: 1, factor: 0.25),
                earlyStopping: EarlyStoppingState()),
            layout: [
                SnapshotTensor(name: "0.bias", shape: [3]),
                SnapshotTensor(name: "0.weight", shape: [count - 3]),
            ],
            buffers: [
                SnapshotBuffer(name: "parameters", values: values(0)),
                SnapshotBuffer(name: "adam.m", values: values(1)),
            ],
            weightsDigest: String(repeating: "0a", count: 32), metrics: metrics)
    }

    /// A snapshot of a few values, for tests of everything but the values.
    static func small(step: Int, metrics: [(String, Double)] = []) -> TrainingSnapshot {
        sample(
            step: step, count: 5,
            metrics: metrics.map { MetricRow(step: step, epoch: step / 10, name: $0.0, value: $0.1) })
    }

    /// As it is read back: metric rows are kept apart.
    var withoutMetrics: TrainingSnapshot {
        var copy = self
        copy.metrics = []
        return copy
    }
}

let keepAll = CheckpointSpec(keepLast: 1000)
