package import Control

extension JobStatus {
    /// What `follow` and `wait` exit with, given the last status of the job's updates.
    ///
    /// - Throws: `temporary` if the job has not ended: the daemon went away before it.
    package func outcome() throws -> ExitStatus {
        switch state {
        case .succeeded: return .success
        case .failed: return .jobFailed
        case .stopped: return .notRunning
        case .paused where !held: return .notRunning
        case .queued, .running, .paused:
            throw Failure(
                .temporary,
                "The daemon has gone away; job \(title) goes on when it starts again: `nnctl daemon start`.")
        }
    }
}
