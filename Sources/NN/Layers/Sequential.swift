public import Tensor

/// Layers one after another; itself a layer, so that they nest.
public struct Sequential: Layer {
    /// In the order in which a batch passes them.
    public let layers: [any Layer]

    /// The layers one after another.
    public init(_ layers: [any Layer]) {
        self.layers = layers
    }

    public var parameters: [Parameter] { layers.flatMap(\.parameters) }
    public var averages: [RunningAverage] { layers.flatMap(\.averages) }
    public var inputVocabulary: Int? { layers.first?.inputVocabulary }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        var (x, next) = (x, 0)
        while next < layers.count {
            if next + 1 < layers.count, let convolution = layers[next] as? Convolution,
                let pooling = layers[next + 1] as? Pooling,
                let pooled = convolution.forward(x, context, with: pooling)
            {
                (x, next) = (pooled, next + 2)
            } else {
                (x, next) = (layers[next].forward(x, context), next + 1)
            }
        }
        return x
    }
}
