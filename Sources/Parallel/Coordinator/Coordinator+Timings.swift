/// How long parts of a job's run took since the run began.
public struct RunTimings: Sendable, Equatable, Codable {
    /// Steps, from the end of one to the end of the next within a run of steps.
    public var steps: DurationHistogram
    /// How long training waited for the copy of a checkpoint in memory.
    public var stalls: DurationHistogram
    /// From that copy to its being durable.
    public var commits: DurationHistogram
    /// Checkpoints that were left out, because the one before was still being written.
    public var skippedCheckpoints: Int

    package init(
        steps: DurationHistogram = DurationHistogram(), stalls: DurationHistogram = DurationHistogram(),
        commits: DurationHistogram = DurationHistogram(), skippedCheckpoints: Int = 0
    ) {
        (self.steps, self.stalls, self.commits) = (steps, stalls, commits)
        self.skippedCheckpoints = skippedCheckpoints
    }
}

extension Coordinator {
    /// How long training waited for the last checkpoint's copy in memory; nil before the first.
    package var lastStall: Duration? { commits.lastStall }

    /// What the run's parts took.
    public var timings: RunTimings {
        RunTimings(
            steps: stepClock.histogram, stalls: commits.stalls, commits: commits.durations,
            skippedCheckpoints: commits.skippedInAll)
    }
}
