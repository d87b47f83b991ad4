import Datasets
import NN
import Spec

extension Model {
    /// Checks that the model can take these samples and that their targets fit its output.
    /// - Throws: `TrainingError` that names the key and both sizes; `DataError` when a file with samples has changed or
    ///   cannot be read.
    func check(_ data: Dataset, _ spec: JobSpec, key: String) throws {
        try checkFeatures(of: data, key: key)
        try checkTargets(of: data, spec, key: key)
    }

    /// The samples alone, whatever they are to come out as.
    func checkFeatures(of data: Dataset, key: String) throws {
        let expected = inputShape.reduce(1, *)
        guard data.featureCount == expected else {
            throw TrainingError(
                .mismatch,
                "\(key): a sample has \(data.featureCount) values (\(data.featureShape)), "
                    + "but `model.input` \(inputShape) takes \(expected)")
        }
        if let vocabulary = network.inputVocabulary { try check(data, isBelow: vocabulary, key: key) }
    }

    private func checkTargets(of data: Dataset, _ spec: JobSpec, key: String) throws {
        let outputs = outputShape.reduce(1, *)
        let most = outputShape.last ?? 1
        if let classes = data.classCount, classes > most {
            throw TrainingError(
                .mismatch,
                "\(key): the labels go up to \(classes - 1), but the model's output has \(most) "
                    + "classes (0 to \(most - 1)); the last layer needs \(classes) units")
        }
        let positions = outputShape.dropLast().reduce(1, *)
        if let labels = data.labelsPerSample, labels != positions {
            throw TrainingError(
                .mismatch,
                "\(key): a sample has \(labels) labels, but the model's output \(outputShape) has \(positions) "
                    + "rows of classes; there must be a label for each")
        }
        if let shape = data.targetShape, shape.reduce(1, *) != outputs {
            throw TrainingError(
                .mismatch,
                "\(key): a target has \(shape.reduce(1, *)) values, but the model's output has \(outputs); "
                    + "the last layer needs \(shape.reduce(1, *)) units")
        }
        try data.checkTargets(spec, output: outputShape, key: key)
    }

    /// Checks that the samples hold indices and nothing else: later a wrong one could only stop the process.
    private func check(_ data: Dataset, isBelow vocabulary: Int, key: String) throws {
        let bound = Float(vocabulary)
        let wrong = try data.firstFeature { !($0 >= 0 && $0 < bound && $0 == $0.rounded()) }
        guard let wrong else { return }
        let hint = data.scaling == .none ? "" : "; `data.scale` must be none"
        throw TrainingError(
            .mismatch,
            "\(key): sample \(wrong.sample) (counted from 0) has the value \(wrong.value) at step \(wrong.feature), but "
                + "`embedding` takes whole numbers from 0 to \(vocabulary - 1), which its `vocabulary` says\(hint)"
        )
    }
}
