public import Tensor

/// RMSprop (Tieleman & Hinton 2012, lecture 6.5) in PyTorch's form: s = decay * s + (1 - decay) * g^2;
/// w -= learningRate * g / (sqrt(s) + epsilon).
///
/// With momentum: v = momentum * v + g / (sqrt(s) + epsilon); w -= learningRate * v.
public struct RMSprop: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// How much of the average of squares is kept, in 0 ..< 1; rho, or alpha in PyTorch.
    public var decay: Double
    /// How much of the last update is kept, in 0 ..< 1; 0 for the plain form, which has no `v`.
    public var momentum: Double
    /// Added to the root; above 0.
    public var epsilon: Double
    /// Whether epsilon is added under the root instead, as TensorFlow does it.
    public var epsilonInRoot: Bool
    /// L2 on the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults.
    public init(
        learningRate: Double = 0.01, decay: Double = 0.99, momentum: Double = 0, epsilon: Double = 1e-8,
        epsilonInRoot: Bool = false, weightDecay: Double = 0, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.decay = decay
        self.momentum = momentum
        self.epsilon = epsilon
        self.epsilonInRoot = epsilonInRoot
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { momentum == 0 ? ["rmsprop.s"] : ["rmsprop.s", "rmsprop.v"] }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        let added = Float(aboveZero: epsilon)
        let constants = FlatBuffer.DecayConstants(
            rate: Float(learningRate), decay: Float(decay), rest: Float(1 - decay),
            epsilon: epsilonInRoot ? 0 : added, innerEpsilon: epsilonInRoot ? added : 0)
        if momentum == 0 {
            parameters.updateByRMSprop(gradients, squares: state[0], constants, in: range)
        } else {
            parameters.updateByRMSprop(
                gradients, squares: state[0], velocity: state[1], momentum: Float(momentum), constants,
                in: range)
        }
    }
}
