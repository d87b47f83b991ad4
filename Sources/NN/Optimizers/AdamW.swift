public import Tensor

/// AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2) in PyTorch's form: w -= learningRate *
/// weightDecay * w, then Adam's update, whose gradient knows nothing of the decay.
public struct AdamW: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// Decay of the first moment, in 0 ..< 1.
    public var beta1: Double
    /// Decay of the second moment, in 0 ..< 1.
    public var beta2: Double
    /// Added to the root; above 0.
    public var epsilon: Double
    /// Decoupled decay of the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0.01, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { ["adamw.m", "adamw.v"] }
    public var decayIsDecoupled: Bool { true }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon).update(
            parameters, gradients: gradients, state: state, in: range, update: update)
    }
}
