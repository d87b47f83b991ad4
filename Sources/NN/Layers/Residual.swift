public import Tensor

/// activation(x + f(x)), where f puts out the shape that it takes (He et al. 2016, arXiv:1512.03385, eq. 1).
public struct Residual: Layer {
    /// f.
    public let inner: any Layer
    /// What is applied to the sum.
    public let activation: Activation

    /// A layer that adds what `inner` makes of its input to the input.
    public init(_ inner: any Layer, activation: Activation = .identity) {
        self.inner = inner
        self.activation = activation
    }

    public var parameters: [Parameter] { inner.parameters }
    public var averages: [RunningAverage] { inner.averages }
    public var inputVocabulary: Int? { inner.inputVocabulary }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        activation(x + inner.forward(x, context))
    }
}
