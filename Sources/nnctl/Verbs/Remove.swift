package import ArgumentParser
package import Control

/// `nnctl rm JOB`
package struct Remove: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove a job that has ended, with its checkpoints and metrics.",
        discussion: "Example: nnctl rm fashion-mlp")

    @OptionGroup package var target: JobArgument
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        try await session.withClient { try await $0.remove(target.job) }
        session.say("job \(target.job) is removed")
        return .success
    }
}
