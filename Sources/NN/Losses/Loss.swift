public import Tensor

/// What training makes small.
///
/// A loss is kept as a sum over samples, and divided at the end by the number of terms in the whole batch:
/// sums over shards of unequal size then add up to the batch's mean exactly. With class weights the number of
/// terms is the sum of the weights of the batch's labels.
public enum Loss: Sendable, Hashable {
    /// -log softmax(logits)[label], mean over the rows: the samples, or all positions of all sequences.
    ///
    /// Smoothing s trains towards (1 - s) target + s / classes (Szegedy et al. 2016, arXiv:1512.00567, section 7).
    /// Weights multiply the smoothed targets class by class; with labels the mean is divided by the sum of the
    /// labels' weights, with soft targets by the number of rows. Both are PyTorch's.
    case softmaxCrossEntropy(labelSmoothing: Double, classWeights: [Double]?)
    /// -(w t log p + (1 - t) log(1 - p)) for p = sigmoid(logit) and targets t in 0 ... 1, mean over all elements.
    case binaryCrossEntropy(positiveWeight: Double)
    /// (prediction - target)^2, mean over all elements.
    case meanSquaredError
    /// |prediction - target|, mean over all elements.
    case meanAbsoluteError
    /// Half the square of the error up to `delta`, linear beyond, mean over all elements (Huber 1964,
    /// doi:10.1214/aoms/1177703732).
    case huber(delta: Double)
    /// -output[label] for outputs that are log-probabilities, mean over the rows.
    case negativeLogLikelihood
    /// The sum over the outputs, which are log-probabilities q, of p (log p - q) for targets p, mean over the rows.
    case klDivergence

    /// Without smoothing and weights.
    public static var softmaxCrossEntropy: Loss { .softmaxCrossEntropy(labelSmoothing: 0, classWeights: nil) }

    /// Both targets weigh the same.
    public static var binaryCrossEntropy: Loss { .binaryCrossEntropy(positiveWeight: 1) }

    /// The sum of the loss over a batch, a scalar.
    ///
    /// - Parameters:
    ///   - output: The model's output, [batch, …].
    ///   - targets: A label for each row of the output's last axis, or values of the output's shape.
    /// - Returns: shape [].
    /// - Precondition: the targets are of the kind that the loss takes, and there are as many class weights as
    ///   classes.
    public func sum(_ output: Tensor, _ targets: Targets) -> Tensor {
        switch (self, targets) {
        case (.softmaxCrossEntropy(let smoothing, let weights), .classes(let labels)):
            let logits = output.asRows
            if smoothing == 0 && weights == nil { return Tensor.softmaxCrossEntropy(logits, labels: labels) }
            let target = Tensor.oneHot(labels, like: logits).spread(smoothing, weights)
            return Tensor.softmaxCrossEntropy(logits, targets: target)
        case (.softmaxCrossEntropy(let smoothing, let weights), .values(let values)):
            return Tensor.softmaxCrossEntropy(
                output.asRows, targets: values.asRows.spread(smoothing, weights))
        case (.negativeLogLikelihood, .classes(let labels)):
            return Tensor.negativeLogLikelihood(output.asRows, labels: labels)
        case (.binaryCrossEntropy(let weight), .values(let values)):
            return Tensor.binaryCrossEntropy(output, target: values, positiveWeight: Float(weight))
        case (.meanSquaredError, .values(let values)): return Tensor.squaredError(output, target: values)
        case (.meanAbsoluteError, .values(let values)): return Tensor.absoluteError(output, target: values)
        case (.huber(let delta), .values(let values)):
            return Tensor.huberLoss(output, target: values, delta: Float(delta))
        case (.klDivergence, .values(let values)): return Tensor.klDivergence(output, target: values)
        case (.negativeLogLikelihood, .values):
            fatalError("\(self) takes class indices")
        case (_, .classes):
            fatalError("\(self) takes numbers")
        }
    }
}

extension Tensor {
    /// The rows of the last axis: [batch, positions, classes] becomes [batch * positions, classes].
    fileprivate var asRows: Tensor {
        guard shape.rank != 2, let classes = shape.sizes.last else { return self }
        return reshaped([shape.sizes.dropLast().reduce(1, *), classes])
    }

    /// Targets of [rows, classes] as they are smoothed and weighted.
    fileprivate func spread(_ smoothing: Double, _ weights: [Double]?) -> Tensor {
        var target = detached
        if smoothing != 0 {
            target = target * Float(1 - smoothing) + Float(smoothing / Double(shape[1]))
        }
        guard let weights else { return target }
        require(weights.count == shape[1], "\(weights.count) class weights for \(shape[1]) classes")
        return target * Tensor(weights.map { Float($0) })
    }
}
