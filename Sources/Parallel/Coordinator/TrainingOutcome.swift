/// How a run of a job ended. Its last step boundary has been committed, unless a number in it was not finite or the
/// run was ended by `kill`.
public enum TrainingOutcome: Sendable, Equatable, Codable {
    /// All steps are done.
    case completed
    /// The metric that is watched has not become better for long enough, as the reason tells.
    case stoppedEarly(reason: String)
    /// Ended on request.
    case stopped
    /// Interrupted on request, to go on later.
    case paused
    /// Ended at the last good step, for this reason.
    case failed(reason: String)
}
