package import ArgumentParser
package import Control
import Glibc
import Spec

/// `nnctl evaluate JOB --data train|validation|test|FILE [--labels FILE] [--checkpoint ID]`
package struct Evaluate: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score a job's weights on its training, validation or test data, or on a file.",
        discussion: """
            A file is of the format of the job's training data and has its labels where that has them. The daemon opens it with \
            your rights.
            Example: nnctl evaluate fashion-mlp --data test
            """)

    @OptionGroup package var target: JobArgument

    @Option(
        help: "Which data of the job's spec: train, validation or test; or a file or a folder.",
        completion: .list(EvaluationData.ofSpec.map(\.rawValue)))
    package var data = EvaluationData.test.rawValue

    @Option(
        help: "The file with the labels of such a file, where the job was trained on pairs (idx, npy).",
        completion: .file())
    package var labels: String?

    @Option(
        parsing: .unconditional,
        help: "The id of the checkpoint whose weights are scored. Default: the last one.")
    package var checkpoint: Int?

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        var request = EvaluateRequest(data: .file, checkpoint: checkpoint)
        if let own = EvaluationData.ofSpec.first(where: { $0.rawValue == data }) {
            guard labels == nil else { throw Failure(.usage, "--labels is for the file of --data FILE.") }
            request.data = own
        } else {
            try Self.checkIsThere(data)
            request.file = try data.madeAbsolute()
            request.labels = try labels?.madeAbsolute()
        }
        let evaluation = try await session.withClient { try await $0.evaluate(target.job, request) }
        try session.print(evaluation) { width in
            EvaluationCard.rendered(evaluation, width: width, style: session.style)
        }
        return .success
    }

    /// A misspelt word is no file; of all others the daemon says what is wrong with them.
    private static func checkIsThere(_ file: String) throws(Failure) {
        guard !file.isEmpty else {
            throw Failure(.usage, "--data: expected train, validation, test or a file; found nothing.")
        }
        let words = EvaluationData.ofSpec.map(\.rawValue)
        guard let word = nearestWord(to: file, among: words), unsafe access(file, F_OK) != 0 else { return }
        throw Failure(
            .usage, "--data \(file.printable): there is no such file; did you mean `\(word)`?")
    }
}
