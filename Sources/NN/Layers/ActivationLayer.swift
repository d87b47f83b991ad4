public import Tensor

/// A function as a layer of its own, for inputs of any shape.
public struct ActivationLayer: Layer {
    /// The function.
    public let activation: Activation

    /// A layer that applies `activation` to each element; softmax and its logarithm to each row along the last axis.
    public init(_ activation: Activation) {
        self.activation = activation
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        activation(x)
    }
}
