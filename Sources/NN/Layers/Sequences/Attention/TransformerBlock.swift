public import Tensor

/// Self-attention, then a dense network with one hidden layer for each step, each with a residual connection and a layer
/// norm: [batch, steps, features] keeps its shape.
public struct TransformerBlock: Layer {
    /// Where the layer norms stand.
    public enum Norm: Sendable {
        /// x + f(norm(x)) (Xiong et al. 2020, arXiv:2002.04745, fig. 1b).
        case pre
        /// norm(x + f(x)) (Vaswani et al. 2017, arXiv:1706.03762, section 3.1).
        case post
    }

    /// The first part.
    public let attention: MultiHeadAttention
    /// The first layer of the second part.
    public let hidden: Dense
    /// The second layer of the second part.
    public let output: Dense
    /// Where the layer norms stand.
    public let norm: Norm
    package let attentionNorm: LayerNorm
    package let feedForwardNorm: LayerNorm
    private let dropouts: (attention: Dropout, hidden: Dropout, output: Dropout)?

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.attention…`, `NAME.attention_norm…`,
    ///     `NAME.feed_forward.hidden…`, `NAME.feed_forward.output…` and `NAME.feed_forward_norm…`.
    ///   - features: The numbers of a step.
    ///   - heads: Divides `features`.
    ///   - feedForward: The hidden units of the second part.
    ///   - activation: What is applied to the hidden units.
    ///   - dropout: The part that training leaves out of attention weights, of hidden units and of both parts' outputs,
    ///     in 0 ..< 1.
    ///   - norm: Where the layer norms stand.
    ///   - isCausal: Whether a step sees itself and those before it only.
    public init(
        name: String, features: Int, heads: Int, feedForward: Int, activation: Activation = .gelu,
        dropout: Double = 0, norm: Norm = .pre, isCausal: Bool = false
    ) {
        attention = MultiHeadAttention(
            name: "\(name).attention", features: features, heads: heads, isCausal: isCausal, dropout: dropout)
        hidden = Dense(
            name: "\(name).feed_forward.hidden", inputs: features, outputs: feedForward,
            activation: activation)
        output = Dense(name: "\(name).feed_forward.output", inputs: feedForward, outputs: features)
        attentionNorm = LayerNorm(name: "\(name).attention_norm", features: features)
        feedForwardNorm = LayerNorm(name: "\(name).feed_forward_norm", features: features)
        self.norm = norm
        func drop(_ part: String) -> Dropout { Dropout(name: "\(name).\(part)", rate: dropout) }
        dropouts =
            dropout > 0
            ? (drop("attention.output"), drop("feed_forward.hidden"), drop("feed_forward.output")) : nil
    }

    public var parameters: [Parameter] {
        attention.parameters + attentionNorm.parameters + hidden.parameters + output.parameters
            + feedForwardNorm.parameters
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let x = residual(x, attentionNorm, context) { x in
            let y = attention.forward(x, context)
            return dropouts?.attention.forward(y, context) ?? y
        }
        return residual(x, feedForwardNorm, context) { x in
            let h = hidden.forward(x, context)
            let y = output.forward(dropouts?.hidden.forward(h, context) ?? h, context)
            return dropouts?.output.forward(y, context) ?? y
        }
    }

    private func residual(
        _ x: Tensor, _ layerNorm: LayerNorm, _ context: ForwardContext, _ part: (Tensor) -> Tensor
    ) -> Tensor {
        switch norm {
        case .pre: x + part(layerNorm.forward(x, context))
        case .post: layerNorm.forward(x + part(x), context)
        }
    }
}
