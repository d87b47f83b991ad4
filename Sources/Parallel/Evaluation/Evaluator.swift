package import Datasets
import NN
import Spec

/// Which of a job's samples.
public enum EvaluationData: String, Sendable, CaseIterable {
    case train
    case validation
    case test
}

/// How well a model does on some samples.
public struct Evaluation: Sendable, Equatable {
    /// How many samples were scored.
    public var samples: Int
    /// The mean loss.
    public var loss: Double
    /// The job's metrics that are numbers, by name. Those without a value for these samples are left out, as the
    /// area under the curve where all are of one class.
    public var metrics: [String: Double]
    /// How often each class (row) was predicted as each class (column); nil where nobody asks for it.
    public var confusionMatrix: [[Int]]?
}

/// Scores the weights of a snapshot, apart from any training under way.
public struct Evaluator: Sendable {
    private let job: TrainingJob
    private let workers: Int

    /// How long the workers score between two looks at whether they are still wanted.
    private static let longestPortion = Duration.milliseconds(100)

    /// - Parameters:
    ///   - job: Whose data and model are used.
    ///   - workers: How many worker actors share the work; at least 1. The score does not depend on it.
    public init(job: TrainingJob, workers: Int) {
        self.job = job
        self.workers = max(1, workers)
    }

    /// The score of a snapshot's weights, or of their average where the job keeps one.
    ///
    /// - Parameters:
    ///   - snapshot: Of this job's model.
    ///   - data: Which samples to score.
    ///   - withConfusionMatrix: Whether it is wanted though the job does not ask for it; its targets are classes then.
    /// - Returns: The same bits at any number of workers.
    /// - Throws: `TrainingError` when the job has no such data or the snapshot is of another model; what went wrong
    ///   with reading the test data; `CancellationError`.
    public func evaluate(
        _ snapshot: TrainingSnapshot, on data: EvaluationData, withConfusionMatrix: Bool = false
    ) async throws -> Evaluation {
        try await evaluate(snapshot, on: data, scaling: nil, withConfusionMatrix: withConfusionMatrix)
    }

    /// As the method above, with samples scaled as these weights were trained; nil for the scaling that fits the job's data now.
    package func evaluate(
        _ snapshot: TrainingSnapshot, on data: EvaluationData, scaling: FeatureScaling?,
        withConfusionMatrix: Bool
    ) async throws -> Evaluation {
        let samples: Dataset? =
            switch data {
            case .train: job.train
            case .validation: job.validation
            case .test: try job.test.get()
            }
        guard let samples else {
            throw TrainingError(
                .noData, "the job has no \(data.rawValue) data; add `data.\(data.rawValue)` to its spec")
        }
        return try await evaluate(
            snapshot, on: scaling.map(samples.scaled) ?? samples, withConfusionMatrix: withConfusionMatrix)
    }

    private func evaluate(
        _ snapshot: TrainingSnapshot, on samples: Dataset, withConfusionMatrix: Bool
    ) async throws -> Evaluation {
        let state = TrainingState(job)
        try job.checkBuffers(of: snapshot)
        state.restore(snapshot)
        let workers = (0..<workers).map { Worker(index: $0, model: job.model, state: state) }
        let isMissing = withConfusionMatrix && !job.metrics.contains(.confusionMatrix)
        let metrics = job.metrics + (isMissing ? [.confusionMatrix] : [])
        var run = EvaluationRun(samples, loss: job.loss, metrics: metrics)
        while run.result == nil {
            try Task.checkCancellation()
            let portion = run.nextPortion(until: .now + Evaluator.longestPortion)
            run.take(try await portion.score(on: workers))
        }
        let score = run.result ?? EvaluationScore(tally: Tally())
        return Evaluation(
            samples: score.tally.samples, loss: score.tally.meanLoss ?? .nan,
            metrics: score.metrics?.values ?? [:], confusionMatrix: score.metrics?.confusionMatrix?.counts)
    }
}
