import Datasets
import NN

/// What a file of weights tells of how samples are scaled before the first layer.
extension FeatureScaling {
    /// For the metadata of safetensors, as JSON text; nil where nothing is done.
    var metadataText: String? {
        switch self {
        case .none: nil
        case .divide(let divisor): "{\"divide\":\(divisor)}"
        case .standardize(let means, let deviations):
            "{\"standardize\":{\"mean\":\(means),\"deviation\":\(deviations)}}"
        }
    }

    /// For NPZ, which has no metadata.
    ///
    /// - Parameter shape: Of a sample as the model takes it.
    /// - Returns: Arrays of the names that `initial_weights` passes over.
    func notes(shape: [Int]) -> [NPZWriter.Note] {
        switch self {
        case .none: []
        case .divide(let divisor): [NPZWriter.Note("scale.divisor", [], [divisor])]
        case .standardize(let means, let deviations):
            [
                NPZWriter.Note("scale.mean", shape, means),
                NPZWriter.Note("scale.deviation", shape, deviations),
            ]
        }
    }
}
