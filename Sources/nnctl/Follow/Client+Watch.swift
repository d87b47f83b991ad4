import Control

extension Client {
    /// Hands every update of a job to `body` until the updates end.
    ///
    /// A connection that breaks off ends them too: the job's last status tells whether that was its end or
    /// the daemon's.
    func watch(_ job: String, _ body: (JobUpdates.Element) async throws -> Void) async throws {
        var hasBegun = false
        do {
            for try await update in try await updates(of: job) {
                hasBegun = true
                try await body(update)
            }
        } catch let error as ClientError where hasBegun && error.meansDaemonGone {
            return
        }
    }
}

extension ClientError {
    /// Whether a daemon that answered just now has gone away.
    fileprivate var meansDaemonGone: Bool {
        switch self {
        case .connectionLost, .unreachable: true
        case .forbidden, .problem, .protocolViolation, .timedOut, .cancelled: false
        }
    }
}
