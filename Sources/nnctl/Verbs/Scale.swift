package import ArgumentParser
package import Control
import Spec

/// `nnctl scale JOB N|auto`
package struct Scale: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "scale", abstract: "Change the number of workers of a job while it runs.",
        discussion: """
            More workers make it faster; the weights stay the same to the last bit.
            Example: nnctl scale fashion-mlp 4
            """)

    @OptionGroup package var target: JobArgument

    @Argument(
        help: "How many workers, or auto for an even share of the cores that other jobs leave.",
        completion: .list(["auto"]), transform: WorkersArgument.read)
    package var workers: WorkersArgument

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        let job = try await session.withClient { try await $0.scale(target.job, to: workers.count) }
        try session.report(job, "job \(job.title) has \(String.counted(job.workers, "worker"))")
        return .success
    }
}
