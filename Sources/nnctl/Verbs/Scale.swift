package import ArgumentParser
package import Control
import Spec

/// `nnctl scale JOB N|auto` · `nnctl scale JOB --ranks N`
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
    package var workers: WorkersArgument?

    @Option(
        parsing: .unconditional,
        help: "How many processes train it together; they go on from a fresh checkpoint.")
    package var ranks: Int?

    @OptionGroup package var global: GlobalOptions

    static let nothingAsked = "Give a number of workers, auto, or --ranks and a number."

    package init() {}

    package func validate() throws {
        guard workers != nil || ranks != nil else {
            throw ValidationError(Self.nothingAsked)
        }
        try RanksArgument.check(ranks)
    }

    package func run(in session: Session) async throws -> ExitStatus {
        let job = try await session.withClient {
            try await $0.scale(target.job, ScaleRequest(workers: workers?.count, ranks: ranks))
        }
        let place = job.ranks.map { " in \(String.counted($0, "rank"))" } ?? ""
        try session.report(job, "job \(job.title) has \(String.counted(job.workers, "worker"))\(place)")
        return .success
    }
}
