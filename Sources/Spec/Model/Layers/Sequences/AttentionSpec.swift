/// One attention head: softmax(q k^T / sqrt(size)) v with q = x Wq, k = x Wk and v = x Wv
/// (Vaswani et al. 2017, arXiv:1706.03762, eq. 1).
public struct AttentionSpec: Sendable, Equatable {
    /// The numbers of a query, a key and a value, and so of an output.
    public var size: Int
    /// Whether a step sees itself and those before it only.
    public var isCausal: Bool
    /// Whether queries and values have a bias. A key's would change nothing, because a softmax does not see what is
    /// the same in all scores.
    public var bias: Bool
    /// The part of the attention weights that training leaves out.
    public var dropout: Double

    /// A head without biases that sees all steps, if nothing else is said.
    public init(size: Int, isCausal: Bool = false, bias: Bool = false, dropout: Double = 0) {
        self.size = size
        self.isCausal = isCausal
        self.bias = bias
        self.dropout = dropout
    }
}

extension AttentionSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "attention",
        JobFormat.layerKeys([
            JobFormat.width("size", "Numbers of a query, a key and a value."), JobFormat.causalKey,
            biasKey, JobFormat.dropoutKey,
        ]),
        "One head of self-attention: [T, F] becomes [T, size].")

    static let biasKey = MappingRule.Field(
        "bias", .boolean, "Whether the projections have biases, except that of the keys; default false.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(size: try node.required("size"))
        try node.read("causal", into: &isCausal)
        try node.read("bias", into: &bias)
        try node.read("dropout", into: &dropout)
    }

    var document: DocumentNode {
        DocumentNode([
            "size": size.document, "causal": isCausal.document, "bias": bias.document,
            "dropout": dropout.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let (steps, features) = try inference.sequence("attention")
        try inference.projections(from: features, to: size, bias: bias)
        inference.keepAttention(steps: steps, features: size, heads: 1)
        inference.shape = [steps, size]
    }
}

extension ShapeInference {
    /// Notes the weights of queries, keys and values, `LAYER.PREFIX…`.
    mutating func projections(
        from inputs: Int, to outputs: Int, bias: Bool, prefix: String = ""
    ) throws(SpecError) {
        for name in ["query", "key", "value"] {
            try parameter("\(prefix)\(name).weight", [inputs, outputs])
            if bias, name != "key" { try parameter("\(prefix)\(name).bias", [outputs]) }
        }
    }

    /// Notes what attention keeps: scores and weights, and queries, keys and values in two orders.
    mutating func keepAttention(steps: Int, features: Int, heads: Int) {
        keep(Double(steps) * (2 * Double(steps) * Double(heads) + 6 * Double(features)))
    }
}
