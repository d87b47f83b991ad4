extension LossSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        switch node.variant {
        case ("softmax_cross_entropy", let parameters)?:
            var smoothing = 0.0
            var weights: [Double]?
            try parameters.read("label_smoothing", into: &smoothing)
            try parameters.read("class_weights", into: &weights)
            self = .softmaxCrossEntropy(labelSmoothing: smoothing, classWeights: weights)
        case ("binary_cross_entropy", let parameters)?:
            var weight = 1.0
            try parameters.read("positive_weight", into: &weight)
            self = .binaryCrossEntropy(positiveWeight: weight)
        case ("huber", let parameters)?:
            var delta = 1.0
            try parameters.read("delta", into: &delta)
            self = .huber(delta: delta)
        case ("mean_squared_error", _)?: self = .meanSquaredError
        case ("mean_absolute_error", _)?: self = .meanAbsoluteError
        case ("negative_log_likelihood", _)?: self = .negativeLogLikelihood
        case ("kl_divergence", _)?: self = .klDivergence
        default: throw node.mismatch("a loss")
        }
    }

    /// A bare word where nothing differs from the defaults, except that huber's delta is always written.
    var document: DocumentNode {
        switch self {
        case .softmaxCrossEntropy(let smoothing, let weights) where smoothing != 0 || weights != nil:
            DocumentNode([
                name: DocumentNode([
                    "label_smoothing": smoothing.document, "class_weights": weights?.document,
                ])
            ])
        case .binaryCrossEntropy(let weight) where weight != 1:
            DocumentNode([name: DocumentNode(["positive_weight": weight.document])])
        case .huber(let delta): DocumentNode([name: DocumentNode(["delta": delta.document])])
        default: name.document
        }
    }
}
