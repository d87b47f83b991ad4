public import Tensor

/// Lion (Chen et al. 2023, arXiv:2302.06675, algorithm 2): w -= learningRate * weightDecay * w;
/// w -= learningRate * sign(beta1 * m + (1 - beta1) * g); m = beta2 * m + (1 - beta2) * g.
public struct Lion: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// The part of the momentum in the direction, in 0 ..< 1.
    public var beta1: Double
    /// How much of the momentum is kept, in 0 ..< 1.
    public var beta2: Double
    /// Decoupled decay of the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// The defaults of the authors' program.
    public init(
        learningRate: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0,
        decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { ["lion.m"] }
    public var decayIsDecoupled: Bool { true }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        let constants = FlatBuffer.AdamConstants(
            rate: Float(learningRate), beta1: Float(beta1), beta2: Float(beta2), epsilon: 0,
            rest1: Float(1 - beta1), rest2: Float(1 - beta2), correction1: 1, correction2: 1)
        parameters.updateByLion(gradients, m: state[0], constants, in: range)
    }
}
