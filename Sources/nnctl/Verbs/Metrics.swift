package import ArgumentParser
package import Control

/// `nnctl metrics JOB [--since STEP]`
package struct Metrics: Verb {
    package static let configuration = CommandConfiguration(
        abstract: "Show what was measured as a job went on.",
        discussion: "Example: nnctl metrics fashion-mlp --since 1000")

    @OptionGroup package var target: JobArgument

    @Option(help: "Leave out what was measured before this step.")
    package var since: Int?

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        let list = try await session.withClient { try await $0.metrics(of: target.job, since: since) }
        if list.metrics.isEmpty, !session.isJSON {
            session.say("nothing has been measured yet")
            return .success
        }
        try session.print(list) { width in
            MetricTable.rendered(list.metrics, width: width, style: session.style)
        }
        return .success
    }
}
