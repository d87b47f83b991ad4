package import ArgumentParser
package import Control

/// `nnctl metrics JOB [--since STEP] [--points N|--all]`
package struct Metrics: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Show what was measured as a job went on.",
        discussion: """
            Of a metric with more than 500 values as many are shown, evenly over the steps, with the first and the last.
            Example: nnctl metrics fashion-mlp --since 1000
            """)

    @OptionGroup package var target: JobArgument

    @Option(parsing: .unconditional, help: "Leave out what was measured before this step.")
    package var since: Int?

    @Option(parsing: .unconditional, help: "The most values of each metric, from 2 to 1000000. Default: 500.")
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
        if all { return try await session.withClient { try await showAll($0, session) } }
        let points: CurvePoints = points.map { .atMost($0) } ?? .standard
        let list = try await session.withClient {
            try await $0.metrics(of: target.job, since: since, points: points)
        }
        if list.metrics.isEmpty, !session.isJSON { return sayNothing(session) }
        try session.print(list) { width in
            MetricTable.rendered(list.metrics, width: width, style: session.style)
        }
        return .success
    }

    /// The most values of a metric that are in memory at once.
    private static let part = 2000

    /// Shows them as they come, however many there are.
    private func showAll(_ client: Client, _ session: Session) async throws -> ExitStatus {
        guard !session.isJSON else {
            try await client.metricsText(of: target.job, since: since) { try session.output.write($0) }
            try session.output.write("\n")
            return .success
        }
        let ends = try await client.metrics(of: target.job, since: since, points: .atMost(2)).metrics
        if ends.isEmpty { return sayNothing(session) }
        var (table, shown) = (MetricTable.Parts(ends: ends), since)
        while true {
            let part = try await client.metricsPart(of: target.job, since: shown, limit: Self.part).metrics
            guard let last = part.last else { return .success }
            try session.output.write(
                table.rendered(part, width: session.output.width, style: session.style))
            shown = last.step
        }
    }

    private func sayNothing(_ session: Session) -> ExitStatus {
        session.say("nothing has been measured yet")
        return .success
    }
}
