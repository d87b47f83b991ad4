public import Tensor

/// A gated recurrent unit: h' = (1 - z) n + z h, with r, z = sigmoid(x Wx + h Wh + b). The gates lie side by side in the
/// order r, z, n.
public struct GRUCell: RecurrentCell {
    /// Where the reset gate r acts.
    public enum Reset: Sendable {
        /// n = tanh(x Wxn + bxn + r (h Whn + bhn)), as in PyTorch and cuDNN. The hidden product has a bias of its own.
        case after
        /// n = tanh(x Wxn + (r h) Whn + bn) (Cho et al. 2014, arXiv:1406.1078, eq. 8).
        case before
    }

    /// Wh as the steps use it.
    public enum Weights {
        /// All of it, and its bias.
        case after(Tensor, bias: Tensor)
        /// The columns of r and z, and those of n.
        case before(gates: Tensor, candidate: Tensor)
    }

    package let shared: RecurrentParameters
    /// Nil when the reset gate acts before the hidden product.
    package let hiddenBias: Parameter?

    /// - Parameters:
    ///   - scope: What the parameters are called after, with the dot at its end: `SCOPEinput_weight`,
    ///     [inputs, 3 units], `SCOPEhidden_weight`, [units, 3 units], `SCOPEbias`, [3 units], and with `.after`
    ///     `SCOPEhidden_bias`, [3 units].
    ///   - inputs: The features of a step.
    ///   - units: The numbers of a state.
    ///   - reset: Where the reset gate acts.
    public init(scope: String, inputs: Int, units: Int, reset: Reset = .after) {
        shared = RecurrentParameters(scope: scope, inputs: inputs, units: units, gates: 3)
        hiddenBias =
            reset == .after
            ? Parameter(
                name: "\(scope)hidden_bias", shape: [3 * units], initializer: .zeros, decays: false) : nil
    }

    public var parameters: [Parameter] { shared.all + (hiddenBias.map { [$0] } ?? []) }

    public func weights(_ context: ForwardContext) -> Weights {
        let weight = context[shared.hiddenWeight]
        if let hiddenBias { return .after(weight, bias: context[hiddenBias]) }
        let units = shared.units
        return .before(
            gates: weight.sliced(axis: 1, range: 0..<(2 * units)),
            candidate: weight.sliced(axis: 1, range: (2 * units)..<(3 * units)))
    }

    public func project(_ x: Tensor, _ context: ForwardContext) -> Tensor { shared.project(x, context) }

    public func start(batch: Int, like x: Tensor) -> Tensor { shared.zeros(batch: batch, like: x) }

    public func step(_ input: Tensor, _ state: Tensor, _ weights: Weights) -> Tensor {
        switch weights {
        case .after(let weight, let bias):
            return Tensor.gruStep(
                input: input, hidden: Tensor.dense(state, weight: weight, bias: bias), state: state)
        case .before(let gates, let candidate):
            let parts = input.split(into: 3, axis: 1)
            let both = state.matmul(gates).split(into: 2, axis: 1)
            let (r, z) = ((parts[0] + both[0]).sigmoid(), (parts[1] + both[1]).sigmoid())
            let n = (parts[2] + (r * state).matmul(candidate)).tanh()
            return (1 - z) * n + z * state
        }
    }
}
