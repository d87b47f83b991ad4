package import ArgumentParser
package import Control
import Foundation

/// `nnctl logs JOB [--follow]`
package struct Logs: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Show what happened to a job, the oldest first.",
        discussion: """
            Its states and their reasons, checkpoints, numbers of workers, warnings. What the daemon logs of itself is in its own \
            log. Times are as of now on a terminal, else absolute.
            Example: nnctl logs fashion-mlp --follow
            """)

    @OptionGroup package var target: JobArgument

    @Flag(name: .shortAndLong, help: "Go on until the job ends; Ctrl-C lets it go on by itself.")
    package var follow = false

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        try await session.withClient { client in
            let shown = try await show(client, session, since: 0)
            guard follow else { return .success }
            return try await race(
                { try await goOn(client, session, since: shown) },
                {
                    await Interrupt.first()
                    return .success
                })
        }
    }

    /// Shows the events after the one with that id, and gives the last one's.
    private func show(_ client: Client, _ session: Session, since: Int) async throws -> Int {
        var last = since
        while true {
            let events = try await client.events(of: target.job, since: last).events
            guard let newest = events.last else { return last }
            for event in events { try show(event, session) }
            last = newest.id
        }
    }

    private func show(_ event: JobEvent, _ session: Session) throws {
        let line =
            session.isJSON
            ? String(decoding: try WireJSON.encode(event), as: UTF8.self)
            : EventLine.rendered(event, now: Date(), width: session.output.width, style: session.style)
        try session.output.writeLine(line)
    }

    /// Looks for new events when the job's status says that there may be some, and once more when it has ended.
    private func goOn(_ client: Client, _ session: Session, since: Int) async throws -> ExitStatus {
        var (shown, last): (Int, JobStatus?) = (since, nil)
        try await client.watch(target.job) { update in
            defer { last = update.status }
            guard last.map({ update.status.hasNews(since: $0) }) ?? true else { return }
            shown = try await show(client, session, since: shown)
        }
        guard let last else { throw ClientError.connectionLost("the daemon sent no status") }
        return try last.outcome()
    }
}

extension JobStatus {
    /// Whether something has changed of which the job's log has a line; warnings come with an epoch or a checkpoint.
    fileprivate func hasNews(since earlier: JobStatus) -> Bool {
        state != earlier.state || reason != earlier.reason || workers != earlier.workers
            || epoch != earlier.epoch || lastCheckpoint != earlier.lastCheckpoint
            || revisions.count != earlier.revisions.count
    }
}
