public import Tensor

/// Adadelta (Zeiler 2012, arXiv:1212.5701, algorithm 1): s = decay * s + (1 - decay) * g^2;
/// d = sqrt(u + epsilon) / sqrt(s + epsilon) * g; u = decay * u + (1 - decay) * d^2; w -= learningRate * d.
///
/// The paper's form has a learning rate of 1. Epsilon is inside of the roots here.
public struct Adadelta: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// How much of both averages is kept, in 0 ..< 1; rho in the paper.
    public var decay: Double
    /// Added under the roots; above 0.
    public var epsilon: Double
    /// L2 on the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults.
    public init(
        learningRate: Double = 1, decay: Double = 0.9, epsilon: Double = 1e-6, weightDecay: Double = 0,
        decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.decay = decay
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { ["adadelta.s", "adadelta.u"] }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        let constants = FlatBuffer.DecayConstants(
            rate: Float(learningRate), decay: Float(decay), rest: Float(1 - decay),
            epsilon: Float(aboveZero: epsilon))
        parameters.updateByAdadelta(gradients, squares: state[0], updates: state[1], constants, in: range)
    }
}
