public import Tensor

/// AMSGrad (Reddi, Kale & Kumar 2018, arXiv:1904.09237, algorithm 2) in PyTorch's form: Adam that divides by the
/// root of the largest second moment so far, bias-corrected.
public struct AMSGrad: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// Decay of the first moment, in 0 ..< 1.
    public var beta1: Double
    /// Decay of the second moment, in 0 ..< 1.
    public var beta2: Double
    /// Added to the root; above 0.
    public var epsilon: Double
    /// L2 on the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { ["amsgrad.m", "amsgrad.v", "amsgrad.largest"] }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        let adam = Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
        parameters.updateByAMSGrad(
            gradients, m: state[0], v: state[1], largest: state[2], adam.constants(update: update), in: range)
    }
}
