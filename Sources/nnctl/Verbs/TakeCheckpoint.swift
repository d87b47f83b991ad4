package import ArgumentParser
package import Control

/// `nnctl checkpoint JOB`
package struct TakeCheckpoint: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Take a checkpoint of a running job now.",
        discussion: "Example: nnctl checkpoint fashion-mlp")

    @OptionGroup package var target: JobArgument
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        let job = try await session.withClient { try await $0.checkpoint(target.job) }
        let checkpoint = job.lastCheckpoint.map { " \($0.id) at step \($0.step)" } ?? ""
        try session.report(job, "job \(job.title) has checkpoint\(checkpoint)")
        return .success
    }
}
