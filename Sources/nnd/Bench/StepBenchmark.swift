import Control
import Datasets
package import Parallel

/// Trains a job through its coordinator and workers for a while and looks at the clock.
package struct StepBenchmark: Sendable {
    let job: TrainingJob
    let workers: Int
    /// How long is measured, after the warm-up; longer where a few steps take longer.
    let duration: Duration

    private static let warmUpSteps = 20
    private static let longestWarmUp = Duration.seconds(10)

    package init(job: TrainingJob, workers: Int, duration: Duration) {
        self.job = job
        self.workers = workers
        self.duration = duration
    }

    /// - Throws: `BenchError` of exit code 1 when training fails.
    package func run() async throws -> StepMeasurement {
        let times = StepTimes()
        let coordinator = try Coordinator(job: job, start: nil, workers: workers, sink: NoSnapshots())
        await coordinator.note(stepsIn: times)
        let updates = coordinator.updates()
        async let outcome = coordinator.run()
        let measured = await follow(updates)
        await coordinator.stop()
        do {
            if case .failed(let reason) = try await outcome { throw BenchError(.jobFailed, "\(reason).") }
        } catch let error as DataError {
            throw BenchError(.badInput, "\(error)")
        }
        guard let measured, let measurement = StepMeasurement(times.marks(measured)) else {
            throw BenchError(.jobFailed, "The job ended before \(duration) could be measured.")
        }
        return measurement
    }

    /// Waits until enough has been trained.
    /// - Returns: The steps whose ends count; nil when training ended before.
    private func follow(_ updates: AsyncStream<TrainingProgress>) async -> Range<Int>? {
        let begin = ContinuousClock.now
        var start: (time: ContinuousClock.Instant, step: Int)?
        for await progress in updates {
            let (step, now) = (progress.cursor.step, ContinuousClock.now)
            if let start {
                let marks = start.step - 1..<step
                if now - start.time >= duration, marks.count >= StepMeasurement.fewestMarks { return marks }
            } else if step >= Self.warmUpSteps || (step >= 1 && now - begin >= Self.longestWarmUp) {
                start = (now, step)
            }
        }
        return nil
    }
}

/// What is trained for its speed is thrown away.
private struct NoSnapshots: SnapshotSink {
    func commit(_ snapshot: TrainingSnapshot) {}
}
