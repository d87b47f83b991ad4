public import Tensor

/// The mean over all steps of each sequence, padding included: [batch, steps, features] becomes [batch, features].
public struct AverageSteps: Layer {
    /// The layer; it has nothing to set.
    public init() {}

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.mean(over: [1])
    }
}
