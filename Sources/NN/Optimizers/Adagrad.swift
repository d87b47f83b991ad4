public import Tensor

/// Adagrad (Duchi, Hazan & Singer 2011, JMLR 12, figure 1, with diagonal matrices): s += g^2;
/// w -= learningRate * g / (sqrt(s) + epsilon).
public struct Adagrad: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// Added to the root; above 0.
    public var epsilon: Double
    /// L2 on the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults.
    public init(
        learningRate: Double = 0.01, epsilon: Double = 1e-10, weightDecay: Double = 0,
        decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { ["adagrad.s"] }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        parameters.updateByAdagrad(
            gradients, squares: state[0], rate: Float(learningRate), epsilon: Float(aboveZero: epsilon),
            in: range)
    }
}
