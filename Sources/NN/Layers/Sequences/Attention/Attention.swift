public import Tensor

/// One head of self-attention: x is [batch, steps, features], the output [batch, steps, size]. There is no projection
/// after it.
public struct Attention: Layer {
    /// Makes queries.
    public let query: Dense
    /// Makes keys; without a bias, which no softmax would see.
    public let key: Dense
    /// Makes values.
    public let value: Dense
    package let product: ScaledDotProduct

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.query.weight`, [features, size], and so for `key` and
    ///     `value`.
    ///   - features: The numbers of a step.
    ///   - size: The numbers of a query, a key and a value.
    ///   - isCausal: Whether a step sees itself and those before it only.
    ///   - hasBias: Whether queries and values have a bias.
    ///   - dropout: The part of the attention weights that training leaves out, in 0 ..< 1.
    public init(
        name: String, features: Int, size: Int, isCausal: Bool = false, hasBias: Bool = false,
        dropout: Double = 0
    ) {
        query = Dense(name: "\(name).query", inputs: features, outputs: size, hasBias: hasBias)
        key = Dense(name: "\(name).key", inputs: features, outputs: size, hasBias: false)
        value = Dense(name: "\(name).value", inputs: features, outputs: size, hasBias: hasBias)
        product = ScaledDotProduct(
            isCausal: isCausal, dropout: Dropout(named: "\(name).attention", rate: dropout))
    }

    public var parameters: [Parameter] { query.parameters + key.parameters + value.parameters }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        product(
            query: query.forward(x, context), key: key.forward(x, context), value: value.forward(x, context),
            context)
    }
}
