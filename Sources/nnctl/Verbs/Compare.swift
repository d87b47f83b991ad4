package import ArgumentParser
import Charts
package import Control
import Foundation

/// `nnctl compare JOB JOB… [-o FILE.svg|FILE.png [--force]] [--metric NAME]…`
package struct Compare: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Show jobs side by side: what differs in their specs, and what came of it.",
        discussion: """
            With -o their curves go into a picture as well.
            Example: nnctl compare sgd adam adamw -o compared.svg
            """)

    @Argument(help: "The ids or names of the jobs, two or more.", completion: .custom(JobNames.complete))
    package var jobs: [String]

    @Option(help: "A metric that the picture shows; may be repeated. Default: the loss and the main one.")
    package var metric: [String] = []

    @OptionGroup package var curves: CurveOptions
    @OptionGroup package var picture: PictureOptions
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        for job in jobs { try JobArgument.check(job) }
        guard jobs.count >= 2 else { throw ValidationError("To compare takes two jobs or more.") }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        let file = try picture.file
        let (read, comparison) = try await session.withClient { client in
            let read = try await client.curves(of: jobs)
            guard read.count >= 2 else {
                throw Failure(.usage, "\(jobs.joined(separator: ", ")): all of these are one job; name two.")
            }
            return (read, try await client.comparison(of: read, now: Date()))
        }
        if let file {
            let plot = try curves.plot(of: read, metrics: metric, title: picture.title)
            try file.write(plot.figure.picture, scale: picture.scale)
        }
        try session.print(comparison) {
            ComparisonTable.rendered(comparison, width: $0, style: session.style)
        }
        if let file { session.say("their curves are in \(file.path)") }
        return .success
    }
}
