package import Control
import Datasets
import Files
import Parallel
import Spec
import Store

extension JobSupervisor {
    /// Scores the weights of a checkpoint by the spec that it was trained with, which goes on beside the training.
    ///
    /// - Parameters:
    ///   - reference: The job's id or its name.
    ///   - request: What is asked for.
    ///   - caller: With whose rights a file is opened that is none of the job's.
    /// - Returns: The score.
    /// - Throws: `TrainingError` if the spec names no such data; `DataError`; `Problem` of code `no-such-checkpoint`,
    ///   `bad-data` when the data is not that of the last run, or `bad-spec` when a confusion matrix is asked for and there are no
    ///   classes; `CancellationError`.
    package func evaluate(
        _ reference: String, _ request: EvaluateRequest, for caller: UInt32? = nil
    ) async throws -> Control.Evaluation {
        let record = try await store.job(reference)
        let weights = try await weights(of: record, checkpoint: request.checkpoint)
        let spec = try await store.spec(job: record.id, branch: weights.checkpoint.branch)
        if request.confusionMatrix ?? false, let problem = spec.confusionMatrixProblem {
            throw Problem(.badSpec, "Job `\(record.name)`: \(problem).")
        }
        let names = try await names(checkpoint: weights.checkpoint.id)
        let (job, scaling, data) = try await subject(
            request, record, spec, weights.checkpoint.id, names, caller)
        let score = try await Evaluator(job: job, workers: workers.automatic).evaluate(
            weights.snapshot, on: data, scaling: scaling,
            withConfusionMatrix: request.confusionMatrix ?? false)
        return Control.Evaluation(
            job: record.id, data: request.data, file: request.file,
            checkpoint: .init(id: weights.checkpoint.id, step: weights.checkpoint.step),
            samples: score.samples,
            loss: score.loss, metrics: score.metrics, confusionMatrix: score.confusionMatrix,
            classNames: names?.classes,
            weightsDigest: weights.snapshot.weightsDigest)
    }

    /// The samples that are asked for, as a part of a job, and the scaling that the checkpoint's weights take them in.
    private func subject(
        _ request: EvaluateRequest, _ record: JobRecord, _ spec: JobSpec, _ checkpoint: Int,
        _ names: SampleNames?, _ caller: UInt32?
    ) async throws -> (TrainingJob, FeatureScaling?, Parallel.EvaluationData) {
        if let file = request.file {
            let source = try spec.data.train.reading(file, labels: request.labels)
            let scaling = try await scaling(of: record, checkpoint: checkpoint, to: .evaluate)
            let job = try await BlockingWork.runUntilShutdown {
                try TrainingJob(
                    scoring: source, by: spec, scaling: scaling, names: names,
                    storage: .standard(available: JobPrediction.memory), files: .of(caller))
            }
            return (job, nil, .train)
        }
        let job = try await loaded(record, spec, isGoingOn: true)
        try checkData(of: job, record, to: .evaluate)
        // That of the data now is another one where the job went on with other data.
        let kept = try await store.scaling(checkpoint: checkpoint)
        return (job, kept?.scaling, Parallel.EvaluationData(rawValue: request.data.rawValue) ?? .test)
    }

    /// What the samples were called that a checkpoint was trained on; nil where nobody knows.
    func names(checkpoint: Int) async throws -> SampleNames? {
        try await store.sampleNames(checkpoint: checkpoint).flatMap(SampleNames.init(json:))
    }

    func weights(
        of record: JobRecord, checkpoint: Int?
    ) async throws -> (checkpoint: CheckpointRecord, snapshot: TrainingSnapshot) {
        if let checkpoint {
            let own = try await store.checkpoint(checkpoint, job: record.id)
            return (own, try await store.snapshot(checkpoint: own.id))
        }
        guard let restored = try await store.latestValidSnapshot(job: record.id) else {
            let hint = record.state == .running ? "take one first" : "it is \(record.state.rawValue)"
            throw Problem(.noSuchCheckpoint, "Job `\(record.name)` has no checkpoint yet; \(hint).")
        }
        return (restored.checkpoint, restored.snapshot)
    }

    /// The scaling of the job is fitted on the training data; with other data it would be that of another model.
    func checkData(
        of job: TrainingJob, _ record: JobRecord, to purpose: RunConditions.Purpose
    ) throws(Problem) {
        try RunConditions.checkKnown(of: record, to: purpose)
        let difference = RunConditions(job).dataDifference(from: record, to: purpose)
        if let difference { throw Problem(.badData, difference) }
    }

    /// The data and the model of one of the job's specs. A running job's data is in memory already.
    func loaded(_ record: JobRecord, _ spec: JobSpec, isGoingOn: Bool) async throws -> TrainingJob {
        if isGoingOn, let job = runs[record.id]?.training?.job, job.spec == spec { return job }
        let allowance = allowance(for: record.workers)
        return try await BlockingWork.run {
            try TrainingJob(spec, isGoingOn: isGoingOn, allowance: allowance, files: .of(record.owner))
        }
    }
}
