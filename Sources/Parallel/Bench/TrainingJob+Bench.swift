import NN
package import Spec

extension TrainingJob {
    /// A case that is measured, on random samples.
    package init(
        _ bench: BenchCase, on samples: BenchSamples, length: TrainingSpec.Length, shards: Int? = nil,
        checkpoint: CheckpointSpec = CheckpointSpec()
    ) throws {
        let spec = bench.spec(length: length, shards: shards, checkpoint: checkpoint)
        try self.init(spec, model: Model(spec.model), train: samples.dataset(for: spec.model))
    }

    /// The same job without an end, without validation and without checkpoints: its steps and nothing else.
    package func endless() throws -> TrainingJob {
        var spec = spec
        spec.training.length = .endless
        spec.training.earlyStopping = nil
        spec.checkpoint = .never
        return try TrainingJob(spec, model: model, train: train)
    }
}

extension TrainingSpec.Length {
    /// More steps than anybody waits for.
    package static let endless = Self.steps(1 << 40)
}

extension CheckpointSpec {
    /// None before the end of an endless job.
    package static let never = Self(everySteps: 1 << 40)
}
