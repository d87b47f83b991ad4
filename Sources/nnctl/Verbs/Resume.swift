package import ArgumentParser
package import Control

/// `nnctl resume JOB [--from CHECKPOINT] [--follow]`
package struct Resume: Verb {
    package static let configuration = CommandConfiguration(
        abstract: "Go on with a paused, stopped or failed job.",
        discussion: """
            From an older checkpoint the job goes on along a new branch.
            Example: nnctl resume fashion-mlp --from 12 --follow
            """)

    @OptionGroup package var target: JobArgument

    @Option(help: "The id of the checkpoint to go on from. Default: the last one.")
    package var from: Int?

    @Option(help: .hidden)
    package var set: [String] = []

    @Flag(help: "Watch the job afterwards.")
    package var follow = false

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        guard set.isEmpty else { throw Unavailable.failure("nnctl resume --set") }
        return try await session.withClient { client in
            let job = try await client.resume(target.job, from: from)
            guard follow else {
                try session.report(job, OutcomeLine.rendered(job))
                return .success
            }
            return try await Follower(client: client, session: session).follow(job, output: session.output)
        }
    }
}
