public import Tensor

/// Adam (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1): both moments are bias-corrected and epsilon is
/// added outside of the root.
public struct Adam: Optimizer {
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

    /// The paper's defaults.
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

    public var stateNames: [String] { ["adam.m", "adam.v"] }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        parameters.updateByAdam(gradients, m: state[0], v: state[1], constants(update: update), in: range)
    }

    /// What the update of this number, counted from 1, has the same for all elements.
    func constants(update: Int) -> FlatBuffer.AdamConstants {
        FlatBuffer.AdamConstants(
            rate: Float(learningRate), beta1: Float(beta1), beta2: Float(beta2),
            epsilon: Float(aboveZero: epsilon), rest1: Float(1 - beta1), rest2: Float(1 - beta2),
            correction1: Float(1 / (1 - power(beta1, update))),
            correction2: Float(1 / (1 - power(beta2, update))))
    }
}
