public import Tensor

/// Transformer blocks one on top of the other, `NAME.0…`, `NAME.1…`; where norms stand in front, one more layer norm,
/// `NAME.norm…`, comes last. [batch, steps, features] keeps its shape.
public struct TransformerEncoder: Layer {
    /// In the order in which a sequence passes them.
    public let blocks: [TransformerBlock]
    package let norm: LayerNorm?

    /// - Parameters:
    ///   - name: What the parameters are called after.
    ///   - features: The numbers of a step.
    ///   - heads: Divides `features`.
    ///   - feedForward: The hidden units of each block's dense network.
    ///   - layers: How many blocks there are.
    ///   - activation: What is applied to the hidden units.
    ///   - dropout: What training leaves out, in 0 ..< 1.
    ///   - norm: Where the layer norms stand.
    ///   - isCausal: Whether a step sees itself and those before it only.
    public init(
        name: String, features: Int, heads: Int, feedForward: Int, layers: Int = 1,
        activation: Activation = .gelu, dropout: Double = 0, norm: TransformerBlock.Norm = .pre,
        isCausal: Bool = false
    ) {
        blocks = (0..<layers).map { layer in
            TransformerBlock(
                name: "\(name).\(layer)", features: features, heads: heads, feedForward: feedForward,
                activation: activation, dropout: dropout, norm: norm, isCausal: isCausal)
        }
        self.norm = norm == .pre ? LayerNorm(name: "\(name).norm", features: features) : nil
    }

    public var parameters: [Parameter] { blocks.flatMap(\.parameters) + (norm?.parameters ?? []) }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let y = blocks.reduce(x) { x, block in block.forward(x, context) }
        return norm?.forward(y, context) ?? y
    }
}
