package import Control
import Datasets
import Files
import Parallel
import Spec
import Store

extension JobSupervisor {
    /// Scores the weights of a checkpoint, which goes on beside the training.
    ///
    /// - Throws: `TrainingError` if the spec names no such data; `Problem` of code `no-such-checkpoint`,
    ///   `bad-data` when the data is not that of the last run, or `bad-spec` when a confusion matrix is asked for and there are no
    ///   classes; `CancellationError`.
    package func evaluate(_ reference: String, _ request: EvaluateRequest) async throws -> Control.Evaluation
    {
        let record = try await store.job(reference)
        let withConfusionMatrix = request.confusionMatrix ?? false
        if withConfusionMatrix, let problem = try await spec(of: record.id).confusionMatrixProblem {
            throw Problem(.badSpec, "Job `\(record.name)`: \(problem).")
        }
        let weights = try await weights(of: record, checkpoint: request.checkpoint)
        let job = try await loaded(record)
        try checkData(of: job, record, to: .evaluate)
        let data: Parallel.EvaluationData =
            switch request.data {
            case .train: .train
            case .validation: .validation
            case .test: .test
            }
        let evaluator = Evaluator(job: job, workers: workers.automatic)
        let score = try await evaluator.evaluate(
            weights.snapshot, on: data, withConfusionMatrix: withConfusionMatrix)
        return Control.Evaluation(
            job: record.id, data: request.data,
            checkpoint: .init(id: weights.checkpoint, step: weights.snapshot.cursor.step),
            samples: score.samples,
            loss: score.loss, metrics: score.metrics, confusionMatrix: score.confusionMatrix,
            classNames: job.train.names.classes,
            weightsDigest: weights.snapshot.weightsDigest)
    }

    func weights(
        of record: JobRecord, checkpoint: Int?
    ) async throws -> (checkpoint: Int, snapshot: TrainingSnapshot) {
        if let checkpoint {
            let own = try await store.checkpoint(checkpoint, job: record.id)
            return (own.id, try await store.snapshot(checkpoint: own.id))
        }
        guard let restored = try await store.latestValidSnapshot(job: record.id) else {
            let hint = record.state == .running ? "take one first" : "it is \(record.state.rawValue)"
            throw Problem(.noSuchCheckpoint, "Job `\(record.name)` has no checkpoint yet; \(hint).")
        }
        return (restored.checkpoint.id, restored.snapshot)
    }

    /// The scaling of the job is fitted on the training data; with other data it would be that of another model.
    func checkData(
        of job: TrainingJob, _ record: JobRecord, to purpose: RunConditions.Purpose
    ) throws(Problem) {
        try RunConditions.checkKnown(of: record, to: purpose)
        let difference = RunConditions(job).dataDifference(from: record, to: purpose)
        if let difference { throw Problem(.badData, difference) }
    }

    /// A running job's data is in memory already.
    func loaded(_ record: JobRecord) async throws -> TrainingJob {
        if let training = runs[record.id]?.training { return training.job }
        let spec = try await spec(of: record.id)
        let allowance = allowance(for: record.workers)
        return try await BlockingWork.run {
            try TrainingJob(spec, isGoingOn: true, allowance: allowance, files: .of(record.owner))
        }
    }
}
