/// How long a trainer in another process may take for what.
package struct RemoteLimits: Sendable {
    /// Until it has come in, after its start.
    package var arrival: Duration = .seconds(60)
    /// Until a process has been started on another machine, once a job has lost one.
    package var reach: Duration = .seconds(20)
    /// Without a sign of life, and without progress whatever the length of a step.
    package var silence: Duration = .seconds(30)
    /// Without progress, in median steps.
    package var steps = 50.0
    /// Without progress, in times that it takes to train on the samples that are scored at a time.
    package var scoring = 10.0
    /// Until all ranks have read the data, and until their first progress after that.
    package var first: Duration = .seconds(600)
    /// Until it has ended, after it was killed.
    package var death: Duration = .seconds(5)
    /// How often it says that it lives, in milliseconds.
    package var heartbeat = 1000

    package init() {}

    /// How long it may go without progress.
    ///
    /// - Parameters:
    ///   - medianStep: Half of its steps take no longer than this many seconds; nil before there were any.
    ///   - batchSize: How many samples a step has.
    ///   - scored: How many samples are scored at a time, each of which takes no longer than one that is trained on.
    /// - Returns: At least `silence`.
    package func patience(medianStep: Double?, batchSize: Int, scored: Int) -> Duration {
        guard let medianStep else { return first }
        let stepsOfScoring = (Double(scored) / Double(max(1, batchSize))).rounded(.up)
        return max(silence, .seconds(medianStep * max(steps, scoring * stepsOfScoring)))
    }
}
