/// What training makes small.
public enum LossSpec: String, Sendable, Codable, CaseIterable {
    /// Mean over the batch of -log softmax(logits)[label]; labels are class indices.
    case softmaxCrossEntropy = "softmax_cross_entropy"
    /// Mean over all elements of (prediction - target)^2.
    case meanSquaredError = "mean_squared_error"
}
