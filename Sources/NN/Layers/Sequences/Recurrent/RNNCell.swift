public import Tensor

/// h' = activation(x Wx + h Wh + b) (Elman 1990).
public struct RNNCell: RecurrentCell {
    package let shared: RecurrentParameters
    /// What is applied to the sum.
    public let activation: Activation

    /// - Parameters:
    ///   - scope: What the parameters are called after, with the dot at its end: `SCOPEinput_weight`, [inputs, units],
    ///     `SCOPEhidden_weight`, [units, units], and `SCOPEbias`, [units].
    ///   - inputs: The features of a step.
    ///   - units: The numbers of a state.
    ///   - activation: What is applied to the sum.
    public init(scope: String, inputs: Int, units: Int, activation: Activation = .tanh) {
        shared = RecurrentParameters(scope: scope, inputs: inputs, units: units, gates: 1)
        self.activation = activation
    }

    public var parameters: [Parameter] { shared.all }

    public func weights(_ context: ForwardContext) -> Tensor { context[shared.hiddenWeight] }

    public func project(_ x: Tensor, _ context: ForwardContext) -> Tensor { shared.project(x, context) }

    public func start(batch: Int, like x: Tensor) -> Tensor { shared.zeros(batch: batch, like: x) }

    public func step(_ input: Tensor, _ state: Tensor, _ weights: Tensor) -> Tensor {
        activation(input + state.matmul(weights))
    }
}
