package import ArgumentParser
package import Control

/// `nnctl evaluate JOB --data train|validation|test [--checkpoint ID]`
package struct Evaluate: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Score a job's weights on its training, validation or test data.",
        discussion: "Example: nnctl evaluate fashion-mlp --data test")

    @OptionGroup package var target: JobArgument

    @Option(
        help: "Which data of the job's spec: train, validation or test.",
        completion: .list(EvaluationData.allCases.map(\.rawValue)))
    package var data = EvaluationData.test.rawValue

    @Option(
        parsing: .unconditional,
        help: "The id of the checkpoint whose weights are scored. Default: the last one.")
    package var checkpoint: Int?

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        guard let data = EvaluationData(rawValue: data) else {
            throw Failure(
                .usage,
                "`nnctl evaluate --data FILE` is not available in this version; name train, validation or test."
            )
        }
        let request = EvaluateRequest(data: data, checkpoint: checkpoint)
        let evaluation = try await session.withClient { try await $0.evaluate(target.job, request) }
        try session.print(evaluation) { width in
            EvaluationCard.rendered(evaluation, width: width, style: session.style)
        }
        return .success
    }
}
