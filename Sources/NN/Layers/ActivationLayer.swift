public import Tensor

/// An elementwise function as a layer of its own, for inputs of any shape.
public struct ActivationLayer: Layer {
    /// The function.
    public let activation: Activation

    /// A layer that applies `activation` to each element.
    public init(_ activation: Activation) {
        self.activation = activation
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        activation(x)
    }
}
