public import Tensor

/// Self-attention with several heads (Vaswani et al. 2017, arXiv:1706.03762, section 3.2.2): [batch, steps, features]
/// keeps its shape. Head h works on the columns h d ..< (h + 1) d of queries, keys and values, with
/// d = features / heads; the heads' outputs side by side pass a last projection.
public struct MultiHeadAttention: Layer {
    /// How many heads there are.
    public let heads: Int
    /// Makes queries.
    public let query: Dense
    /// Makes keys; without a bias, which no softmax would see.
    public let key: Dense
    /// Makes values.
    public let value: Dense
    /// The last projection.
    public let output: Dense
    package let product: ScaledDotProduct

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.query.weight`, [features, features], and so for `key`,
    ///     `value` and `output`.
    ///   - features: The numbers of a step.
    ///   - heads: Divides `features`.
    ///   - isCausal: Whether a step sees itself and those before it only.
    ///   - hasBias: Whether the projections have biases, except that of the keys.
    ///   - dropout: The part of the attention weights that training leaves out, in 0 ..< 1.
    /// - Precondition: the heads share the features in equal parts.
    public init(
        name: String, features: Int, heads: Int, isCausal: Bool = false, hasBias: Bool = false,
        dropout: Double = 0
    ) {
        require(
            heads > 0 && features % heads == 0, "\(heads) heads for the \(features) features of \(name)")
        self.heads = heads
        func projection(_ part: String, hasBias: Bool) -> Dense {
            Dense(name: "\(name).\(part)", inputs: features, outputs: features, hasBias: hasBias)
        }
        query = projection("query", hasBias: hasBias)
        key = projection("key", hasBias: false)
        value = projection("value", hasBias: hasBias)
        output = projection("output", hasBias: hasBias)
        product = ScaledDotProduct(
            isCausal: isCausal, dropout: Dropout(named: "\(name).attention", rate: dropout))
    }

    public var parameters: [Parameter] {
        query.parameters + key.parameters + value.parameters + output.parameters
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let result = product(
            query: split(query.forward(x, context)), key: split(key.forward(x, context)),
            value: split(value.forward(x, context)), context)
        return output.forward(result.permuted([0, 2, 1, 3]).reshaped(x.shape), context)
    }

    /// [batch, steps, features] as [batch, heads, steps, features / heads].
    private func split(_ x: Tensor) -> Tensor {
        let (batch, steps, features) = (x.shape[0], x.shape[1], x.shape[2])
        return x.reshaped([batch, steps, heads, features / heads]).permuted([0, 2, 1, 3])
    }
}
