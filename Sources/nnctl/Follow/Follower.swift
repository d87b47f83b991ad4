import Control

/// Shows a job as it goes on: a live line on a terminal, and in any case a line an epoch.
struct Follower: Sendable {
    let client: Client
    let session: Session

    /// Shows the epochs after those of `job`, the job as it was last seen. Returns what its end means as an
    /// exit code; `success` too when Ctrl-C left the job to itself.
    func follow(_ job: JobStatus, output: StandardStream) async throws -> ExitStatus {
        let last = try await race(
            { try await show(job, output) },
            {
                await Interrupt.first()
                return nil
            })
        guard let last else {
            if output.isTerminal { session.say("") }
            session.say("job \(job.title) goes on; `nnctl follow \(job.id)` comes back to it")
            return .success
        }
        return try last.outcome()
    }

    /// - Returns: The last status of the stream.
    private func show(_ job: JobStatus, _ output: StandardStream) async throws -> JobStatus? {
        if session.isJSON { return try await passThrough(job, output) }
        var last = job
        var display = FollowDisplay(on: output, environment: session.environment, style: session.style)
        var log = EpochLog(after: job, showsPace: !display.isLive)
        try display.begin(job)
        try await client.watch("\(job.id)", away: { try display.away($0, Self.away, say: session.say) }) {
            update in
            last = update.status
            log.see(last)
            if log.isBehind(last) {
                let metrics = try await client.metrics(of: "\(job.id)", since: log.step, points: .all)
                for line in log.lines(metrics.metrics, last) { try display.keep(line) }
            }
            try display.show(last)
        }
        try display.end(last)
        return last
    }

    private static let away = "the daemon has gone away; waiting for it to come back"

    private func passThrough(_ job: JobStatus, _ output: StandardStream) async throws -> JobStatus {
        var last = job
        try await client.watch("\(job.id)", away: { _ in session.say(Self.away) }) { update in
            last = update.status
            try output.writeLine(update.line)
        }
        return last
    }
}
