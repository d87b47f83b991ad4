public import Tensor

/// Gradient descent with Nesterov's momentum, in the form of Sutskever et al. 2013 that PyTorch has:
/// v = momentum * v + g; w -= learningRate * (g + momentum * v).
public struct Nesterov: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// How much of the last update is kept, in 0 ..< 1.
    public var momentum: Double
    /// L2 on the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// A job file's defaults.
    public init(
        learningRate: Double = 0.01, momentum: Double = 0.9, weightDecay: Double = 0, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { ["nesterov.v"] }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        parameters.updateByNesterov(
            gradients, velocity: state[0], rate: Float(learningRate), momentum: Float(momentum), in: range)
    }
}
