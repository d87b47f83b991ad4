package import Control

/// Which epochs `follow` has shown, and the lines for those that it has not.
///
/// A status may leap over several epochs, and an epoch's values are there only with the next checkpoint; so
/// the lines come from the job's metrics and not from its status.
package struct EpochLog {
    /// Metrics up to this step have been shown.
    package private(set) var step: Int
    private var epoch: Int
    /// The status with which metrics were last asked for.
    private var asked: JobStatus
    /// When the last epoch that was shown ended; nil when nobody saw it end.
    private var epochEnd: ContinuousClock.Instant?
    /// Whether the job has not begun, so that its first epoch begins when it does.
    private var isWaiting: Bool
    private let showsPace: Bool
    /// The job's last known speed; a job that has just ended has none.
    private var samplesPerSecond: Double?

    /// - Parameters:
    ///   - job: As it was last seen; later epochs are shown.
    ///   - showsPace: Whether the lines say how fast the job is and how long it will take, for where no live
    ///     line does.
    ///   - now: When that was.
    package init(after job: JobStatus, showsPace: Bool = false, now: ContinuousClock.Instant = .now) {
        step = job.step
        epoch = job.epoch
        asked = job
        isWaiting = job.step == 0
        self.showsPace = showsPace
        see(job, now: now)
    }

    /// Takes note of a status; to be called with each, before anything else is asked.
    package mutating func see(_ job: JobStatus, now: ContinuousClock.Instant = .now) {
        samplesPerSecond = job.samplesPerSecond ?? samplesPerSecond
        guard isWaiting, job.state == .running else { return }
        isWaiting = false
        epochEnd = job.epoch == epoch ? now : nil
    }

    /// Whether there may be metrics that have not been shown.
    package func isBehind(_ job: JobStatus) -> Bool {
        guard job.epoch > epoch else { return false }
        return job.epoch != asked.epoch || job.lastCheckpoint != asked.lastCheckpoint
            || job.state != asked.state
    }

    /// The lines for the epochs that have ended since, the oldest first.
    package mutating func lines(
        _ metrics: [MetricPoint], _ job: JobStatus, now: ContinuousClock.Instant = .now
    ) -> [String] {
        asked = job
        let groups = MetricGroup.groups(of: metrics).filter { $0.epoch > epoch }
        let lines = groups.map { group in
            let seconds = groups.count == 1 ? seconds(upTo: group.epoch, now) : nil
            let line = EpochLine.rendered(
                epoch: group.epoch, of: job.totalEpochs, values: group.values, seconds: seconds)
            guard showsPace else { return line }
            // The speed is of now, which only the newest line is about.
            return line + (seconds == nil ? "  -" : "") + (group == groups.last ? pace(job) : pace(nil, nil))
        }
        guard let last = groups.last else { return [] }
        step = last.step
        // Of several epochs that ended since the last look, nobody knows when each did.
        epochEnd = groups.count == 1 && last.epoch == job.epoch ? now : nil
        epoch = last.epoch
        return lines
    }

    private func pace(_ job: JobStatus) -> String { pace(samplesPerSecond, job.etaSeconds) }

    /// The same fields in every line, for programs that take them apart.
    private func pace(_ rate: Double?, _ eta: Double?) -> String {
        "  \(rate.map(Number.rate) ?? "-") samples/s  ETA \(eta.map(Time.clock) ?? "-")"
    }

    private func seconds(upTo epoch: Int, _ now: ContinuousClock.Instant) -> Double? {
        guard let epochEnd, epoch == self.epoch + 1 else { return nil }
        let (seconds, attoseconds) = (now - epochEnd).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
