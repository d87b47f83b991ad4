import Tensor

extension Loss {
    /// By what the sum over a batch is divided to give the mean.
    ///
    /// - Parameters:
    ///   - targets: What the batch should come out as.
    ///   - outputShape: The shape of the model's output for one sample.
    /// - Returns: The number of rows or elements, or the sum of the labels' weights in Double, added in order. 0 for
    ///   an empty batch, and for one whose labels all weigh 0; the mean then counts as 0.
    public func terms(of targets: Targets, outputShape: [Int]) -> Double {
        switch targets {
        case .classes(let labels): return terms(ofLabels: labels)
        case .values(let values):
            let outputs = outputShape.reduce(1, *)
            return outputs == 0
                ? 0 : Double(values.count / outputs * termsPerSample(outputShape: outputShape))
        }
    }

    /// The sum of the labels' weights, which is their number where classes have none.
    public func terms(ofLabels labels: [Int32]) -> Double {
        guard let weights = classWeights else { return Double(labels.count) }
        return labels.reduce(0) { $0 + weights[Int($1)] }
    }

    /// How many terms one sample adds to the sum where classes have no weights.
    ///
    /// - Parameter outputShape: The shape of the model's output for one sample.
    /// - Returns: The rows of the output's last axis where the loss is over classes, else its elements.
    public func termsPerSample(outputShape: [Int]) -> Int {
        switch self {
        case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence: outputShape.dropLast().reduce(1, *)
        case .binaryCrossEntropy, .meanSquaredError, .meanAbsoluteError, .huber: outputShape.reduce(1, *)
        }
    }

    /// How much each class counts; nil where all count 1.
    public var classWeights: [Double]? {
        if case .softmaxCrossEntropy(_, let weights) = self { weights } else { nil }
    }

    /// What the gradient of a summed loss is multiplied with to become that of the mean: 1 / terms, and 0 where
    /// there are no terms, so that nothing is divided by 0.
    public static func scale(terms: Double) -> Float { terms > 0 ? 1 / Float(terms) : 0 }

    /// Whether the model's output for a sample, of shape `outputShape`, is one logit whose sign decides between the
    /// classes 0 and 1.
    package func isBinary(outputShape: [Int]) -> Bool {
        if case .binaryCrossEntropy = self { outputShape.reduce(1, *) == 1 } else { false }
    }
}
