package import ArgumentParser
package import Control

/// `nnctl resume JOB [--from CHECKPOINT] [--set key=value]… [--follow]`
package struct Resume: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with a paused, stopped or failed job.",
        discussion: """
            From an older checkpoint, or with another spec, the job goes on along a new branch.
            Example: nnctl resume fashion-mlp --from 12 --set optimizer.adam.learning_rate=1e-4 --follow
            """)

    @OptionGroup package var target: JobArgument

    @Option(parsing: .unconditional, help: "The id of the checkpoint to go on from. Default: the last one.")
    package var from: Int?

    @Option(
        help: "Set a key of the job's spec, for example optimizer.adam.learning_rate=1e-4; may be repeated.")
    package var set: [String] = []

    @Flag(help: "Watch the job afterwards.")
    package var follow = false

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        try await session.withClient { client in
            let job = try await client.resume(target.job, from: from, set: set.isEmpty ? nil : set)
            guard follow else {
                try session.report(job, OutcomeLine.rendered(job))
                return .success
            }
            return try await Follower(client: client, session: session).follow(job, output: session.output)
        }
    }
}
