package import ArgumentParser
import Charts
package import Control

/// `nnctl confusion JOB [--data train|validation|test] [--checkpoint ID] [-o FILE.svg|FILE.png [--force]]`
package struct Confusion: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "confusion",
        abstract: "Show which classes a job's weights take for which.",
        discussion: """
            Rows are labels, columns what was predicted, and the shade is the part of the row.
            Example: nnctl confusion fashion-mlp --data test -o confusion.png
            """)

    @OptionGroup package var target: JobArgument

    @Option(
        help: "Which data of the job's spec: train, validation or test.",
        completion: .list(EvaluationData.allCases.map(\.rawValue)))
    package var data = EvaluationData.test.rawValue

    @Option(
        parsing: .unconditional,
        help: "The id of the checkpoint whose weights are scored. Default: the last one.")
    package var checkpoint: Int?

    @OptionGroup package var picture: PictureOptions
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        guard let data = EvaluationData.ofSpec.first(where: { $0.rawValue == data }) else {
            throw Failure(.usage, "--data \(data): expected train, validation or test.")
        }
        let file = try picture.file
        let request = EvaluateRequest(data: data, checkpoint: checkpoint, confusionMatrix: true)
        let evaluation = try await session.withClient { try await $0.evaluate(target.job, request) }
        guard
            let matrix = ConfusionMatrix(evaluation.confusionMatrix ?? [], names: evaluation.classNames ?? [])
        else {
            throw Failure(.internalError, "The daemon's answer has no confusion matrix.")
        }
        let title = picture.title ?? "job \(target.job.printable) on its \(data.rawValue) data"
        try file?.write(matrix.picture(title: title), scale: picture.scale)
        if session.isJSON {
            try session.print(ConfusionReport(evaluation, matrix)) { _ in "" }
        } else if file == nil {
            try session.output.write(
                ConfusionText.rendered(
                    evaluation, matrix, width: session.output.width, style: session.style))
        }
        if let file { session.say("the matrix is in \(file.path)") }
        return .success
    }
}
