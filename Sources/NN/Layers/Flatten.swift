public import Tensor

/// Makes a vector of each sample: [batch, …] becomes [batch, product of the rest].
public struct Flatten: Layer {
    /// The layer; it has nothing to set.
    public init() {}

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.reshaped([x.shape[0], x.shape.sizes.dropFirst().reduce(1, *)])
    }
}
