import Logging
import Parallel

/// When a job that trains is worth a line in the log, and how fast it was since the line before: once a minute, and when its run is
/// over.
package struct ProgressLog: Sendable {
    private typealias Moment = (time: ContinuousClock.Instant, samples: Int)

    private let interval: Duration
    private let start: Moment
    private var last: Moment

    /// - Parameters:
    ///   - samples: What the job has used when its run begins.
    ///   - time: When it begins.
    ///   - interval: Between two lines.
    package init(
        samples: Int, at time: ContinuousClock.Instant = .now, interval: Duration = .seconds(60)
    ) {
        self.interval = interval
        start = (time, samples)
        last = start
    }

    /// Samples a second since the last line; nil while it is not yet time for another.
    package mutating func speedIfDue(
        samples: Int, at time: ContinuousClock.Instant = .now
    ) -> Double? {
        guard time - last.time >= interval else { return nil }
        defer { last = (time, samples) }
        return Self.speed(from: last, to: (time, samples))
    }

    /// Samples a second over the whole run.
    package func overallSpeed(samples: Int, at time: ContinuousClock.Instant = .now) -> Double {
        Self.speed(from: start, to: (time, samples))
    }

    /// To a tenth; 0 where no time has passed.
    private static func speed(from start: Moment, to end: Moment) -> Double {
        let seconds = (end.time - start.time) / .seconds(1)
        return seconds > 0 ? (10 * Double(end.samples - start.samples) / seconds).rounded() / 10 : 0
    }
}

extension TrainingProgress {
    /// What a log line says of a job that trains.
    func metadata(job: Int, samplesPerSecond: Double) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "job": .stringConvertible(job), "step": .stringConvertible(cursor.step),
            "steps": .stringConvertible(totalSteps), "epoch": .stringConvertible(cursor.epoch),
            "workers": .stringConvertible(workers), "samples_per_s": .stringConvertible(samplesPerSecond),
        ]
        if let loss { metadata["loss"] = .stringConvertible(loss) }
        return metadata
    }
}
