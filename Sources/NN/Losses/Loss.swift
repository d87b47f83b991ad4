public import Tensor

/// What training makes small.
///
/// A loss is kept as a sum over samples, and divided at the end by the number of terms in the whole batch:
/// sums over shards of unequal size then add up to the batch's mean exactly.
public enum Loss: Sendable, Hashable {
    /// -log softmax(logits)[label], mean over the batch.
    case softmaxCrossEntropy
    /// (prediction - target)^2, mean over all elements.
    case meanSquaredError

    /// The sum of the loss over a batch, a scalar.
    ///
    /// - Parameters:
    ///   - output: The model's output, [batch, …].
    ///   - targets: One for each row.
    /// - Returns: shape [].
    /// - Precondition: the targets are of the kind that the loss takes.
    public func sum(_ output: Tensor, _ targets: Targets) -> Tensor {
        switch (self, targets) {
        case (.softmaxCrossEntropy, .classes(let labels)):
            Tensor.softmaxCrossEntropy(output, labels: labels)
        case (.meanSquaredError, .values(let values)):
            Tensor.squaredError(output, target: values)
        case (.softmaxCrossEntropy, .values):
            preconditionFailure("softmax cross-entropy takes class indices")
        case (.meanSquaredError, .classes):
            preconditionFailure("mean squared error takes numbers")
        }
    }

    /// How many terms one sample adds to the sum, for a model whose output has `outputs` elements a sample.
    public func termsPerSample(outputs: Int) -> Int {
        switch self {
        case .softmaxCrossEntropy: 1
        case .meanSquaredError: outputs
        }
    }
}
