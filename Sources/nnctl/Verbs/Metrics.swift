package import ArgumentParser
package import Control

/// `nnctl metrics JOB [--since STEP] [--points N|--all]`
package struct Metrics: Verb {
    package static let configuration = CommandConfiguration(
        abstract: "Show what was measured as a job went on.",
        discussion: """
            Of a metric with more than 1000 values as many are shown, evenly over the steps, with the first and the last.
            Example: nnctl metrics fashion-mlp --since 1000
            """)

    @OptionGroup package var target: JobArgument

    @Option(help: "Leave out what was measured before this step.")
    package var since: Int?

    @Option(help: "The most values of each metric, from 2 to 1000000. Default: 1000.")
    package var points: Int?

    @Flag(help: "Show every value, however many there are.")
    package var all = false

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard points.map({ (2...1_000_000).contains($0) }) ?? true else {
            throw ValidationError("--points is a number from 2 to 1000000.")
        }
        guard !all || points == nil else {
            throw ValidationError("--all and --points exclude each other.")
        }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        let points: CurvePoints = all ? .all : points.map { .atMost($0) } ?? .standard
        let list = try await session.withClient {
            try await $0.metrics(of: target.job, since: since, points: points)
        }
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
