package import ArgumentParser
package import Control

/// `nnctl follow JOB`
package struct Follow: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Watch a job until it ends; Ctrl-C lets it go on by itself.",
        discussion: "Example: nnctl follow fashion-mlp")

    @OptionGroup package var target: JobArgument
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        try await session.withClient { client in
            let job = try await client.status(of: target.job)
            return try await Follower(client: client, session: session).follow(job, output: session.output)
        }
    }
}
