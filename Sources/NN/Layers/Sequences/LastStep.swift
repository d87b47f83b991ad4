public import Tensor

/// The last step of each sequence: [batch, steps, features] becomes [batch, features].
public struct LastStep: Layer {
    /// The layer; it has nothing to set.
    public init() {}

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.selected(axis: 1, index: x.shape[1] - 1)
    }
}
