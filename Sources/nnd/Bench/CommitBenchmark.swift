import Control
import Foundation
import Parallel
import Spec
import Store

/// Commits checkpoints to a database of its own and looks at the clock.
package struct CommitBenchmark: Sendable {
    /// Of the model; a checkpoint holds three values for each, as Adam's do.
    let parameters: Int
    /// How many are measured, after those that fill the database until retention lets one go for each that comes.
    let commits: Int
    /// Where the database is made, and removed after.
    let directory: String

    private static let kept = 2

    package init(parameters: Int, commits: Int, directory: String) {
        self.parameters = parameters
        self.commits = commits
        self.directory = directory
    }

    /// - Returns: How long each commit took, from the snapshot in memory to its being durable.
    /// - Throws: `BenchError`, for a directory that cannot be written too.
    package func run() async throws -> CommitResult {
        let seconds = try await Self.withStore(in: directory) { try await measure($0) }
        return CommitResult(parameters: parameters, bytes: 12 * parameters, seconds: seconds)
    }

    /// Runs `body` with a database that is removed after.
    /// - Throws: `BenchError`, for a directory that cannot be written and for what the database throws too.
    static func withStore<Value>(in directory: String, _ body: (Store) async throws -> Value) async throws
        -> Value
    {
        let place = directory + "/nnd-bench-\(UUID())"
        do {
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        } catch {
            throw BenchError(.cannotCreate, "\(directory): no directory can be made here.")
        }
        defer { try? FileManager.default.removeItem(atPath: place) }
        do {
            let store = try Store(path: place + "/nnd.sqlite")
            let value = try await body(store)
            try store.close()
            return value
        } catch let error as StoreError {
            throw BenchError(.inputOutput, "\(error).")
        }
    }

    private func measure(_ store: Store) async throws -> [Double] {
        let job = try await store.createJob(
            name: "bench", ifTaken: .number, specJSON: "{}", workers: .auto)
        var seconds: [Double] = []
        for step in 1...Self.kept + commits {
            let snapshot = snapshot(step: step)
            let begin = ContinuousClock.now
            try await store.commit(
                snapshot, job: job.id, retention: CheckpointSpec(keepLast: Self.kept))
            if step > Self.kept { seconds.append((ContinuousClock.now - begin) / .seconds(1)) }
        }
        return seconds
    }

    /// Values of which no chunk is like another, as after a step of Adam.
    private func snapshot(step: Int) -> TrainingSnapshot {
        let buffers = ["parameters", "adam.m", "adam.v"].enumerated().map { number, name in
            var bits = UInt32(truncatingIfNeeded: 3 * step + number)
            let values = (0..<parameters).map { _ in
                // Numerical Recipes' generator, for the 23 bits of a number between 1 and 2.
                bits = bits &* 1_664_525 &+ 1_013_904_223
                return Float(bitPattern: 0x3F80_0000 | bits >> 9)
            }
            return SnapshotBuffer(name: name, values: values)
        }
        return TrainingSnapshot(
            cursor: TrainingCursor(step: step, samples: step, updates: step),
            layout: [SnapshotTensor(name: "0.weight", shape: [parameters])], buffers: buffers,
            weightsDigest: String(repeating: "0", count: 64), metrics: [])
    }
}

/// What `nnd bench-checkpoint --json` prints.
package struct CommitResult: Codable, Sendable, Equatable {
    package var parameters: Int
    package var bytes: Int
    /// Of each commit, in order.
    package var seconds: [Double]
    package var mibPerS: Double

    init(parameters: Int, bytes: Int, seconds: [Double]) {
        self.parameters = parameters
        self.bytes = bytes
        self.seconds = seconds.map { ($0 * 1e6).rounded() / 1e6 }
        mibPerS = (Double(bytes) / median(seconds) / 1_048_576 * 10).rounded() / 10
    }
}
