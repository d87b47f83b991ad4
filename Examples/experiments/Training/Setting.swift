import Datasets
package import Spec

/// One of the nets that an experiment compares.
package struct Setting: Sendable {
    package var name: String
    package var spec: JobSpec
    package var samples: ImageSet.Samples

    /// A classifier of images with the seed that all of them share.
    ///
    /// - Parameters:
    ///   - name: What the table calls it.
    ///   - samples: What it is trained and tested on.
    ///   - layers: All layers but the last, which gives the ten classes.
    ///   - output: How the weights of the last layer start; nil for Xavier's.
    ///   - optimizer: How it learns.
    ///   - training: For how long.
    ///   - scoreEvery: Steps between two points of its curves.
    package init(
        _ name: String, on samples: ImageSet.Samples, layers: [LayerSpec], output: InitializerSpec? = nil,
        optimizer: OptimizerSpec, training: TrainingSpec, scoreEvery: Int
    ) {
        self.name = name
        self.samples = samples
        spec = JobSpec(
            inMemory: "experiment",
            model: ModelSpec(
                input: [samples.train.featureCount],
                layers: layers + [LayerSpec(.dense(DenseSpec(units: 10, initializer: output)))]),
            seed: 1, loss: .softmaxCrossEntropy, optimizer: optimizer, training: training,
            checkpoint: CheckpointSpec(everySteps: scoreEvery))
    }
}
