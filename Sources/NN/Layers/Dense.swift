public import Tensor

/// activation(x W + b), with W [inputs, outputs] and b [outputs]; x is [batch, inputs], or [batch, steps, inputs] for
/// sequences, in which each step is a row of its own.
public struct Dense: Layer {
    /// W, [inputs, outputs].
    public let weight: Parameter
    /// b, [outputs]; nil for a layer without one.
    public let bias: Parameter?
    /// What is applied to x W + b.
    public let activation: Activation

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.weight`, `NAME.bias`.
    ///   - inputs: The features of a sample.
    ///   - outputs: The units.
    ///   - activation: What is applied to x W + b.
    ///   - initializer: How the weight starts; nil stands for He's with a ReLU and Xavier's otherwise. The
    ///     bias starts at 0.
    ///   - hasBias: Whether b is added.
    public init(
        name: String, inputs: Int, outputs: Int, activation: Activation = .identity,
        initializer: Initializer? = nil, hasBias: Bool = true
    ) {
        weight = Parameter(
            name: "\(name).weight", shape: [inputs, outputs],
            initializer: initializer ?? .standard(before: activation, fanIn: inputs, fanOut: outputs),
            decays: true, hasFactoredGradient: true)
        bias =
            hasBias
            ? Parameter(name: "\(name).bias", shape: [outputs], initializer: .zeros, decays: false) : nil
        self.activation = activation
    }

    public var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let sizes = x.shape.sizes
        let rows = sizes.count == 2 ? x : x.reshaped([sizes.dropLast().reduce(1, *), sizes.last ?? 0])
        let y = Tensor.dense(
            rows, weight: context[weight], bias: bias.map { context[$0] }, activation: activation)
        return sizes.count == 2 ? y : y.reshaped(Tensor.Shape(sizes.dropLast() + [weight.shape[1]]))
    }
}
