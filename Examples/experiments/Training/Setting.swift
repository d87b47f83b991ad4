package import Spec

/// One of the nets that an experiment compares.
package struct Setting: Sendable {
    package var name: String
    package var job: JobSpec

    /// A classifier of `images` with the seed that all of them share.
    ///
    /// - Parameters:
    ///   - name: What the table calls it.
    ///   - data: What it is trained and tested on.
    ///   - features: The values of one image.
    ///   - layers: All layers but the last, which gives the ten classes.
    ///   - output: How the weights of the last layer start; nil for Xavier's.
    ///   - optimizer: How it learns.
    ///   - training: For how long.
    ///   - scoreEvery: Steps between two points of its curves.
    package init(
        _ name: String, data: DataSpec, features: Int, layers: [LayerSpec], output: InitializerSpec? = nil,
        optimizer: OptimizerSpec, training: TrainingSpec, scoreEvery: Int
    ) {
        self.name = name
        job = JobSpec(
            seed: 1, data: data,
            model: ModelSpec(
                input: [features],
                layers: layers + [LayerSpec(.dense(DenseSpec(units: 10, initializer: output)))]),
            loss: .softmaxCrossEntropy, optimizer: optimizer, training: training,
            checkpoint: CheckpointSpec(everySteps: scoreEvery))
    }
}
