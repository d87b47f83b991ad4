package import Glibc

/// Who of those that may connect may do what. Pure; the routes ask it.
package struct AccessPolicy: Sendable, Equatable {
    package enum Action: Sendable, CaseIterable {
        /// The status and the metrics of any job, the queue, the daemon.
        case look
        /// A job of one's own.
        case start
        /// Stop, pause, resume, scale, kill, remove a job; take, pin or remove its checkpoints.
        case change
        /// Read a job's spec, or do with its weights and data what tells of them.
        case use
        /// The daemon itself.
        case shutDown
        /// What others have done.
        case readAudit
    }

    /// The user that the daemon runs as.
    package let daemon: uid_t

    package init(daemon: uid_t) { self.daemon = daemon }

    /// - Parameters:
    ///   - action: What is asked for.
    ///   - caller: The uid of who asks.
    ///   - owner: The uid of who started the job in question; nil for the daemon's own user.
    /// - Returns: Whether it may be done.
    package func allows(_ action: Action, by caller: uid_t, ofJobBy owner: uid_t? = nil) -> Bool {
        // Nobody is of whom nothing is known.
        guard caller != .max else { return false }
        return switch action {
        case .look, .start: true
        case .change, .use: mayDoAll(caller) || caller == owner
        case .shutDown, .readAudit: mayDoAll(caller)
        }
    }

    package func mayDoAll(_ caller: uid_t) -> Bool { caller == daemon || caller == 0 }
}
