/// What is done to every feature value before the first layer sees it, with the numbers that were fitted.
///
/// It belongs to the model as much as its weights do: validation, test and prediction use the scaling that
/// was fitted on the training samples.
public enum FeatureScaling: Sendable, Equatable, Codable {
    /// Values are used as they are.
    case none
    /// x / divisor, one Float32 division.
    case divide(by: Float)
    /// (x - mean) / deviation of each feature, in Float32. A deviation of 0 marks a feature that was constant
    /// when it was fitted; it gives 0 whatever x is.
    case standardize(means: [Float], deviations: [Float])
}
