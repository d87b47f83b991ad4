extension JobRecord {
    /// What a job is doing.
    package enum State: String, Sendable, Codable, CaseIterable {
        case queued
        case running
        case paused
        case succeeded
        case failed
        case stopped

        /// Whether the job has ended. A failed or stopped one can be queued again.
        package var isTerminal: Bool {
            switch self {
            case .succeeded, .failed, .stopped: true
            case .queued, .running, .paused: false
            }
        }

        /// Whether a job may go from this state to `next`. To say a state again is always allowed, so that a
        /// request that was repeated does no harm.
        package func canBecome(_ next: State) -> Bool {
            if next == self { return true }
            return switch self {
            case .queued: next == .running || next == .paused || next == .stopped || next == .failed
            case .running: true
            case .paused: next == .queued || next == .stopped
            case .failed, .stopped: next == .queued
            case .succeeded: false
            }
        }

        /// - Throws: `StoreError` when the column `state` holds no such text.
        init(_ text: String) throws(StoreError) {
            guard let state = State(rawValue: text) else {
                throw StoreError(.damaged, "the database holds the unknown job state `\(text)`")
            }
            self = state
        }
    }
}
