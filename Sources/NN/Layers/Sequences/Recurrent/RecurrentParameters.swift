import Tensor

/// The weights that every cell of this library has.
///
/// They start uniform in +-1 / sqrt(units), as in PyTorch; biases start at zero.
package struct RecurrentParameters: Sendable {
    /// Wx, [inputs, gates * units].
    package let inputWeight: Parameter
    /// Wh, [units, gates * units].
    package let hiddenWeight: Parameter
    /// b, [gates * units].
    package let bias: Parameter
    package let units: Int

    /// - Parameters:
    ///   - scope: What the parameters are called after, with the dot at its end.
    ///   - inputs: The features of a step.
    ///   - units: The numbers of a state.
    ///   - gates: Columns of the weights for each unit.
    init(scope: String, inputs: Int, units: Int, gates: Int) {
        let uniform = Initializer.uniform(bound: 1 / Double(units).squareRoot())
        inputWeight = Parameter(
            name: "\(scope)input_weight", shape: [inputs, gates * units], initializer: uniform, decays: true)
        hiddenWeight = Parameter(
            name: "\(scope)hidden_weight", shape: [units, gates * units], initializer: uniform, decays: true)
        bias = Parameter(name: "\(scope)bias", shape: [gates * units], initializer: .zeros, decays: false)
        self.units = units
    }

    var all: [Parameter] { [inputWeight, hiddenWeight, bias] }

    /// x Wx + b
    func project(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        Tensor.dense(x, weight: context[inputWeight], bias: context[bias])
    }

    /// [batch, units] zeros.
    func zeros(batch: Int, like x: Tensor) -> Tensor {
        Tensor(repeating: 0, shape: [batch, units], like: x)
    }
}
