import Control

/// Waits until a job ends, or is paused until somebody resumes it.
struct Waiter: Sendable {
    let client: Client
    let session: Session

    /// Returns what the job's end means as an exit code; without a timeout that takes as long as it takes. A
    /// silent wait leaves standard output to somebody else.
    func wait(for job: String, timeout: Duration?, isSilent: Bool = false) async throws -> ExitStatus {
        guard let last = try await end(of: job, within: timeout) else {
            throw Failure(.timedOut, "job \(job) has not ended in that time; it goes on.")
        }
        if !isSilent {
            try session.print(last) { _ in OutcomeLine.rendered(last) + "\n" }
        }
        return try last.outcome()
    }

    private func end(of job: String, within timeout: Duration?) async throws -> JobStatus? {
        guard let timeout else { return try await end(of: job) }
        // One that has ended has done so in any time.
        let now = try await client.status(of: job)
        if now.isAtRest { return now }
        return try await race(
            { try await end(of: job) },
            {
                try await Task.sleep(for: timeout)
                return nil
            })
    }

    private func end(of job: String) async throws -> JobStatus? {
        var last: JobStatus?
        var hasTold = false
        try await client.watch(job, away: { _ in session.say("the daemon has gone away; waiting for it") }) {
            update in
            last = update.status
            guard update.status.held, !hasTold else { return }
            hasTold = true
            session.say(OutcomeLine.rendered(update.status))
        }
        guard let last else { throw ClientError.connectionLost("the daemon sent no status") }
        return last
    }
}
