package import Parallel

/// What trains a job, in this process or in others: all that the daemon asks of a `Coordinator`, whose methods say what each
/// does.
package protocol Trainer: AnyObject, Sendable {
    func run() async throws -> TrainingOutcome

    var progress: TrainingProgress { get async }
    var timings: RunTimings { get async }
    func updates() -> AsyncStream<TrainingProgress>

    func stop() async
    func pause() async
    func kill() async
    func scale(to workers: Int) async throws
    func scaleSoon(to workers: Int) async
    func checkpoint() async throws
    func checkpointSoon() async
    func retryCommit() async
}

extension Coordinator: Trainer {}
