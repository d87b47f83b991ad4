/// What training makes small.
public enum LossSpec: Sendable, Hashable {
    /// -log softmax(logits)[label], mean over the batch; soft targets are a number an output.
    ///
    /// `labelSmoothing` s, 0 <= s < 1, trains towards (1 - s) target + s / classes (Szegedy et al. 2016,
    /// arXiv:1512.00567, section 7). `classWeights` has a number of at least 0 for each class; the mean is
    /// then divided by the sum of the weights of the batch's labels.
    case softmaxCrossEntropy(labelSmoothing: Double, classWeights: [Double]?)
    /// -(w t log p + (1 - t) log(1 - p)) for p = sigmoid(logit), mean over all elements; targets t from 0 to 1
    /// and w = `positiveWeight`, above 0.
    case binaryCrossEntropy(positiveWeight: Double)
    /// (prediction - target)^2, mean over all elements.
    case meanSquaredError
    /// |prediction - target|, mean over all elements.
    case meanAbsoluteError
    /// With d = prediction - target: d^2 / 2 where |d| < delta, else delta (|d| - delta / 2); mean over all
    /// elements (Huber 1964, doi:10.1214/aoms/1177703732). `delta` is above 0.
    case huber(delta: Double)
    /// -output[label], mean over the batch; the outputs are log-probabilities and the labels class indices.
    case negativeLogLikelihood
    /// Sum over the outputs of p (log p - output), mean over the batch; the outputs are log-probabilities and the
    /// targets probabilities p.
    case klDivergence

    /// Without smoothing and weights.
    public static var softmaxCrossEntropy: LossSpec {
        .softmaxCrossEntropy(labelSmoothing: 0, classWeights: nil)
    }

    /// Both targets weigh the same.
    public static var binaryCrossEntropy: LossSpec { .binaryCrossEntropy(positiveWeight: 1) }

    /// The word that a job file has for it.
    public var name: String {
        switch self {
        case .softmaxCrossEntropy: "softmax_cross_entropy"
        case .binaryCrossEntropy: "binary_cross_entropy"
        case .meanSquaredError: "mean_squared_error"
        case .meanAbsoluteError: "mean_absolute_error"
        case .huber: "huber"
        case .negativeLogLikelihood: "negative_log_likelihood"
        case .klDivergence: "kl_divergence"
        }
    }
}
