public import Datasets
package import Files
public import NN
public import Spec

/// A job made ready to run: its data read, its model built, its plan fixed. It does not change, and any
/// number of coordinators and evaluators may share it.
public struct TrainingJob: Sendable {
    /// The job as the user wrote it.
    public let spec: JobSpec
    /// What is trained.
    public let model: Model
    /// How many steps, and what each takes.
    public let plan: TrainingPlan
    /// The samples that are trained on; those set aside for validation are not among them.
    public let train: Dataset
    /// The samples that are scored after each epoch; nil without any.
    public let validation: Dataset?
    /// The test data, or why it could not be read; success with nil where the job has none. Training does without.
    public let test: Result<Dataset?, any Error>
    /// SHA-256 of the training samples and, after a `+`, of the validation samples, in hexadecimal. The same
    /// job on other data has another one.
    public let dataFingerprint: String
    /// Parameters and running averages before the first step, in the layout's order; nil for a job that goes on from
    /// a snapshot.
    let initialValues: [Float]?
    /// Whether the job can begin without a snapshot.
    package var canBegin: Bool { initialValues != nil }
    /// What the samples, and the lists of their rows, take in memory.
    let dataBytes: Int
    let loss: Loss
    /// What is scored besides the loss.
    let metrics: [MetricSpec]
    let schedule: Schedule

    /// Reads the data and the initial weights and builds the model.
    ///
    /// Reads files, so call it away from threads that must stay free.
    /// - Parameters:
    ///   - spec: With absolute paths.
    ///   - isGoingOn: Whether the job goes on from a snapshot. Then the initial weights are not read, and test data that
    ///     cannot be read is no reason not to train.
    ///   - storage: How many samples may be in memory, and where others go; nil decides by the memory that this process
    ///     can have. What is computed does not depend on it.
    /// - Throws: `DataError`, `WeightsError`, `SpecError` or `TrainingError`, each one sentence that names
    ///   the file or key.
    public init(_ spec: JobSpec, isGoingOn: Bool = false, storage: SampleStorage? = nil) throws {
        try self.init(spec, isGoingOn: isGoingOn, storage: storage, files: .own)
    }

    /// As the initializer above, for a job that has not all memory to itself (nil: it has), with files opened as `files` does.
    package init(
        _ spec: JobSpec, isGoingOn: Bool = false, storage: SampleStorage? = nil,
        allowance: MemoryAllowance? = nil, files: FileOpener
    ) throws {
        self.spec = spec
        let allowance = allowance ?? MemoryAllowance(alone: spec)
        let shapes = try spec.model.shapes()
        // Before the model, which computes tables, and the data: one sample is the least that a job can have.
        let least = MemoryEstimate(spec, shapes: shapes, samples: 1, workers: allowance.workers)
        try least.check(available: allowance.limit)
        // A quarter for the samples, but not what the model needs.
        let storage =
            storage ?? .standard(available: min(allowance.free, 4 * (allowance.free - least.bytes)))
        model = try Model(spec.model)
        loss = Loss(spec.loss)
        let output = model.outputShape
        let task = try spec.task(for: spec.data.train, output: output, files)
        // What a job has begun with it goes on with.
        let input = isGoingOn ? nil : spec.model.input
        let source = try Dataset.load(
            spec.data.train, task: task, storage: storage, files: files, input: input)
        let parts = try TrainingJob.split(
            source, spec, input, output: output, storage: storage.reduced(by: source.storedBytes), files)
        let scaling = try FeatureScaling.fit(spec.data.scale, on: parts.train)
        let (train, validation) = try (parts.train.scaled(by: scaling), parts.validation?.scaled(by: scaling))
        self.train = train
        self.validation = validation
        metrics = spec.metrics(columns: train.targetsPerSample, output: output)
        let model = model
        try model.check(train, spec, key: "data.train")
        if let problem = spec.metricProblems(output: output, columns: train.targetsPerSample).first {
            throw problem
        }
        if let validation { try model.check(validation, spec, key: "data.validation") }
        var dataBytes = source.storedBytes + train.viewBytes + (validation?.viewBytes ?? 0)
        if case .source = spec.data.validation { dataBytes += validation?.storedBytes ?? 0 }
        let rest = storage.reduced(by: dataBytes)
        test = Result {
            guard let source = spec.data.test else { return nil }
            let task = try spec.task(for: source, output: output, files)
            let test = try Dataset.load(
                source, task: task, storage: rest, files: files, input: input, like: train.names
            ).scaled(by: scaling)
            try model.check(test, spec, key: "data.test")
            return test
        }
        if !isGoingOn { _ = try test.get() }
        dataBytes += (try? test.get())?.storedBytes ?? 0
        self.dataBytes = dataBytes
        try MemoryEstimate(
            spec, shapes: shapes, samples: train.count, dataBytes: dataBytes, workers: allowance.workers
        ).check(available: allowance.limit)
        dataFingerprint = try TrainingJob.fingerprint(train, validation)
        plan = TrainingPlan(spec.training, samples: train.count, shards: spec.shards)
        schedule = Schedule(spec.schedule, totalSteps: plan.totalSteps, stepsPerEpoch: plan.stepsPerEpoch)
        initialValues =
            if isGoingOn {
                nil
            } else if let weights = spec.model.initialWeights {
                try model.values(from: weights, files)
            } else {
                model.initialValues(seed: spec.seed)
            }
    }

    private static func split(
        _ source: Dataset, _ spec: JobSpec, _ input: [Int]?, output: [Int], storage: SampleStorage,
        _ files: FileOpener
    ) throws -> (train: Dataset, validation: Dataset?) {
        switch spec.data.validation {
        case nil: return (source, nil)
        case .source(let other):
            let task = try spec.task(for: other, output: output, files)
            let validation = try Dataset.load(
                other, task: task, storage: storage, files: files, input: input, like: source.names)
            return (source, validation)
        case .fraction(let fraction):
            let rows: (train: [Int32], validation: [Int32])
            do throws(DataError) {
                rows = try validationSplit(count: source.count, fraction: fraction, seed: spec.seed)
            } catch {
                throw error.inFile(spec.data.train.samplesPath)
            }
            return (source.subset(rows: rows.train), source.subset(rows: rows.validation))
        }
    }
}
