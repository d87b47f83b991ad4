import Control

extension Client {
    /// How long a daemon that went away is waited for: a restart and the recovery after it take a second or two.
    static let patience: Duration = .seconds(30)

    /// Hands every update of a job to `body` until the updates end.
    ///
    /// A daemon that goes away meanwhile is waited for, and the updates go on after the last one that came; `away` is told at the
    /// beginning of each such gap. After ``patience`` the updates end: the job's last status tells that this was not its end.
    ///
    /// - Throws: `ClientError`, also when the job was removed; what `body` and `away` throw.
    func watch(
        _ job: String, away: (JobStatus) async throws -> Void = { _ in },
        _ body: (JobUpdates.Element) async throws -> Void
    ) async throws {
        var last: JobUpdates.Element?
        var giveUp: ContinuousClock.Instant?
        while true {
            do {
                for try await update in try await updates(of: job, since: last?.cursor) {
                    (last, giveUp) = (update, nil)
                    try await body(update)
                }
                // A daemon that shuts down ends the stream too.
                if last?.status.isAtRest ?? true { return }
            } catch let error as ClientError where last != nil && error.meansDaemonGone {}
            guard let status = last?.status else { return }
            if giveUp == nil { try await away(status) }
            let end = giveUp ?? .now + Self.patience
            giveUp = end
            guard ContinuousClock.now < end else { return }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}

extension ClientError {
    /// Whether a daemon that answered before has gone away, and may come back.
    var meansDaemonGone: Bool {
        switch self {
        case .connectionLost, .unreachable, .timedOut: true
        case .problem(let problem): problem.code == .shuttingDown || problem.code == .busy
        case .forbidden, .protocolViolation, .cancelled: false
        }
    }
}
