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
        layers.reduce(x) { x, layer in layer.forward(x, context) }
    }
}
