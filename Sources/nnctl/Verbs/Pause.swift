package import ArgumentParser
package import Control

/// `nnctl pause JOB`
package struct Pause: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Take a checkpoint, then give the cores back until the job is resumed.",
        discussion: "Example: nnctl pause fashion-mlp")

    @OptionGroup package var target: JobArgument
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        let job = try await session.withClient { try await $0.pause(target.job) }
        try session.report(job, OutcomeLine.rendered(job))
        return .success
    }
}
