import Datasets
import NN
import Spec

extension Model {
    /// Checks that the model can take these samples and that their targets fit its output.
    /// - Throws: `TrainingError` that names the key and both sizes.
    func check(_ data: Dataset, _ spec: JobSpec, key: String) throws(TrainingError) {
        let expected = inputShape.reduce(1, *)
        guard data.featureCount == expected else {
            throw TrainingError(
                .mismatch,
                "\(key): a sample has \(data.featureCount) values (\(data.featureShape)), "
                    + "but `model.input` \(inputShape) takes \(expected)")
        }
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
}
