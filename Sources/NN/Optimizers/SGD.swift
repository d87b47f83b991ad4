public import Tensor

/// Plain gradient descent: w -= learningRate * g.
public struct SGD: Optimizer {
    /// The size of a step, before a schedule.
    public var learningRate: Double
    /// L2 on the parameters that decay.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// A job file's defaults; there is no state.
    public init(
        learningRate: Double = 0.01, weightDecay: Double = 0, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }

    public var stateNames: [String] { [] }

    public func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int
    ) {
        parameters.updateBySGD(gradients, rate: Float(learningRate), in: range)
    }
}
