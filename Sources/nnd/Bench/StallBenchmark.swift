import Control
import Foundation
import Parallel
import Spec
import Store

/// Trains a case in turn with a checkpoint a second and without any, in one process, and looks at the clock: how long each
/// checkpoint held training up, and what they cost in all.
struct StallBenchmark: Sendable {
    let subject: BenchCase
    let workers: Int
    /// How often each way is measured.
    let rounds: Int
    /// For the database, on the disk that is to be measured.
    let store: Store

    /// Long enough for a commit that is slower than the interval to show.
    private static let checkpointsPerRound = 4
    private static let interval = Duration.seconds(1)
    private static let warmUp = Duration.seconds(2)

    /// - Throws: `BenchError` when training fails; `StoreError`.
    func run() async throws -> StallResult {
        let job = try TrainingJob(subject, on: BenchSamples(), length: .endless, checkpoint: .never)
        let record = try await store.createJob(
            name: subject.rawValue, ifTaken: .number, specJSON: "{}", workers: .auto)
        let sink = JobSnapshotSink(store: store, job: record.id, retention: CheckpointSpec(keepLast: 2))
        let coordinator = try Coordinator(job: job, start: nil, workers: workers, sink: sink)
        let times = StepTimes()
        await coordinator.note(stepsIn: times)
        async let outcome = coordinator.run()
        let measured = try await measure(coordinator, times)
        await coordinator.stop()
        if case .failed(let reason) = try await outcome { throw BenchError(.jobFailed, "\(reason).") }
        let bytes = Int(try job.spec.checkpointBytes())
        return StallResult(
            case: subject.rawValue, workers: workers, bytes: bytes, stalls: measured.stalls,
            copySeconds: Self.copySeconds(bytes: bytes), stepsPerS: measured.without,
            stepsPerSWith: measured.with)
    }

    private func measure(
        _ coordinator: Coordinator, _ times: StepTimes
    ) async throws -> (stalls: [Double], with: [Double], without: [Double]) {
        // The first checkpoints make the database and the copies' memory.
        try await Task.sleep(for: Self.warmUp)
        for _ in 0..<3 { try await coordinator.checkpoint() }
        var (stalls, with, without): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<rounds {
            var begin = times.count
            try await Task.sleep(for: Self.interval * Self.checkpointsPerRound)
            without.append(rate(times, from: begin))
            begin = times.count
            for _ in 0..<Self.checkpointsPerRound {
                let next = ContinuousClock.now + Self.interval
                await coordinator.checkpointSoon()
                try await Task.sleep(until: next)
                if let stall = await coordinator.lastStall { stalls.append(stall / .seconds(1)) }
            }
            with.append(rate(times, from: begin))
            // What is still being written must not slow the next round down.
            try await coordinator.checkpoint()
        }
        return (stalls, with, without)
    }

    /// Steps a second between the end of step `begin` and that of the newest one.
    private func rate(_ times: StepTimes, from begin: Int) -> Double {
        let marks = times.marks(begin..<times.count)
        guard let first = marks.first, let last = marks.last, marks.count > 1 else { return 0 }
        return Double(marks.count - 1) / ((last.time - first.time) / .seconds(1))
    }

    /// What a copy of so many bytes takes one thread, from and to memory that has been used before; the median of some.
    private static func copySeconds(bytes: Int) -> Double {
        let source = [Float](repeating: 1, count: bytes / 4)
        var target = [Float](repeating: 0, count: bytes / 4)
        let seconds = (0..<9).map { _ -> Double in
            let begin = ContinuousClock.now
            unsafe source.withUnsafeBytes { from in
                unsafe target.withUnsafeMutableBytes { unsafe $0.copyMemory(from: from) }
            }
            return (ContinuousClock.now - begin) / .seconds(1)
        }
        return median(seconds)
    }
}
