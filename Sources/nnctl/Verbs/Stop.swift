package import ArgumentParser
package import Control

/// `nnctl stop JOB`
package struct Stop: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Take a checkpoint, then end a job.",
        discussion: "Example: nnctl stop fashion-mlp")

    @OptionGroup package var target: JobArgument
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        let job = try await session.withClient { try await $0.stop(target.job) }
        try session.report(job, OutcomeLine.rendered(job))
        return .success
    }
}
