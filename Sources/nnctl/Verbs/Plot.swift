package import ArgumentParser
import Charts
package import Control

/// `nnctl plot JOB… [--metric NAME]… [-o FILE.svg|FILE.png [--force]] [--x step|epoch] [--smooth WEIGHT] [--log] [--scale N] [--title TEXT]`
package struct Plot: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "plot", abstract: "Draw the curves of one or many jobs, in the terminal or into a file.",
        discussion: """
            On the branch that each job is on: after a resume from an older checkpoint the curves go on from there.
            Example: nnctl plot sgd adam adamw --metric loss --metric accuracy --x epoch -o curves.svg
            """)

    @Argument(help: "The ids or names of the jobs.", completion: .custom(JobNames.complete))
    package var jobs: [String]

    @Option(
        help:
            "A metric to draw, on training and on validation data; may be repeated. Default: the loss and the main one."
    )
    package var metric: [String] = []

    @OptionGroup package var curves: CurveOptions
    @OptionGroup package var picture: PictureOptions
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        for job in jobs { try JobArgument.check(job) }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        let file = try picture.file
        let read = try await session.withClient { try await $0.curves(of: jobs) }
        let plot = try curves.plot(of: read, metrics: metric, title: picture.title)
        try file?.write(plot.figure.picture, scale: picture.scale)
        if session.isJSON {
            try session.print(CurveData(plot, over: curves.x, file: file?.path)) { _ in "" }
        } else if file == nil {
            try session.output.write(
                plot.text(width: session.output.width ?? 80, height: 14, style: session.style))
        }
        if let file { session.say("the plot is in \(file.path)") }
        return .success
    }
}
