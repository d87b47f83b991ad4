package import Datasets
package import Files
import NN
package import Spec

extension TrainingJob {
    /// A job whose training samples are those of some source, to score weights on them. It does not train.
    ///
    /// - Parameters:
    ///   - source: With absolute paths.
    ///   - spec: By which the weights were trained.
    ///   - scaling: That they were trained with.
    ///   - names: What the samples were called that they were trained on; nil where nobody knows.
    ///   - storage: How many samples may be in memory, and where others go.
    ///   - files: How files are opened.
    /// - Throws: `DataError`, `SpecError` or `TrainingError`, each one sentence that names the file or key.
    package init(
        scoring source: SourceSpec, by spec: JobSpec, scaling: FeatureScaling, names: SampleNames?,
        storage: SampleStorage, files: FileOpener
    ) throws {
        self.spec = spec
        model = try Model(spec.model)
        let output = model.outputShape
        let task = try spec.task(for: source, output: output, files)
        let samples = try Dataset.load(
            source, task: task, storage: storage, files: files, input: spec.model.input, like: names)
        try model.check(samples, spec, key: "file")
        train = try samples.scaled(by: scaling)
        (validation, test, initialValues) = (nil, .success(nil), nil)
        loss = Loss(spec.loss)
        metrics = spec.metrics(columns: train.targetsPerSample, output: output)
        dataFingerprint = ""
        plan = TrainingPlan(spec.training, samples: train.count, shards: spec.shards)
        schedule = Schedule(spec.schedule, totalSteps: plan.totalSteps, stepsPerEpoch: plan.stepsPerEpoch)
        dataBytes = train.storedBytes
    }
}
