/// What a job is doing.
public enum JobState: String, Codable, Sendable, CaseIterable {
    case queued
    case running
    case paused
    case succeeded
    case failed
    case stopped

    /// Whether the job has ended; `resume` can still bring a stopped or failed one back.
    public var isTerminal: Bool {
        switch self {
        case .succeeded, .failed, .stopped: true
        case .queued, .running, .paused: false
        }
    }
}
