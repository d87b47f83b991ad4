public import Datasets
public import NN
public import Spec

extension TrainingJob {
    /// A job on samples that are in memory, for a model of any layers, labels for each position of a sequence
    /// included.
    ///
    /// - Parameters:
    ///   - spec: Everything but samples and model: of its `data` only `shuffle` counts, and its `model` does not.
    ///   - model: What is trained.
    ///   - train: The samples that are trained on, scaled.
    ///   - validation: The samples that are scored after each epoch.
    ///   - test: The samples that are scored when asked.
    /// - Throws: `TrainingError` when samples, loss and model do not fit, one sentence with both sizes; `DataError` when
    ///   the samples are those of a file that has changed or cannot be read.
    public init(
        _ spec: JobSpec, model: Model, train: Dataset, validation: Dataset? = nil, test: Dataset? = nil
    ) throws {
        for (key, data) in [("train", train), ("validation", validation), ("test", test)] {
            if let data { try model.check(data, spec, key: key) }
        }
        self.spec = spec
        self.model = model
        self.train = train
        self.validation = validation
        self.test = .success(test)
        loss = Loss(spec.loss)
        metrics = spec.metrics(columns: train.targetsPerSample, output: model.outputShape)
        dataFingerprint = try TrainingJob.fingerprint(train, validation)
        plan = TrainingPlan(
            spec.training, samples: train.count,
            shards: spec.training.shards(parameterCount: model.layout.parameterCount))
        schedule = Schedule(spec.schedule, totalSteps: plan.totalSteps, stepsPerEpoch: plan.stepsPerEpoch)
        initialValues = model.initialValues(seed: spec.seed)
        dataBytes = [train, validation, test].reduce(0) { $0 + ($1?.storedBytes ?? 0) }
    }

    static func fingerprint(_ train: Dataset, _ validation: Dataset?) throws(DataError) -> String {
        let first = try train.fingerprint()
        guard let validation else { return first }
        return "\(first)+\(try validation.fingerprint())"
    }
}
