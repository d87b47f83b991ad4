package import ArgumentParser
package import Control

/// `nnctl kill JOB`
package struct Kill: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "End a job at once, without a checkpoint.",
        discussion: """
            What came after its last checkpoint is gone; `nnctl resume` goes on from there.
            Example: nnctl kill fashion-mlp
            """)

    @OptionGroup package var target: JobArgument
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        let job = try await session.withClient { try await $0.kill(target.job) }
        try session.report(job, OutcomeLine.rendered(job))
        return .success
    }
}
