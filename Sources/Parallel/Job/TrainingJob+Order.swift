import Datasets
import Spec

extension TrainingJob {
    /// In which order each epoch visits the training samples.
    var order: SampleOrder {
        SampleOrder(count: train.count, seed: spec.seed, shuffle: spec.data.shuffle)
    }
}
