/// Self-attention with several heads (Vaswani et al. 2017, arXiv:1706.03762, section 3.2.2): each head works on
/// features / heads columns of the projections, and the heads' outputs side by side pass a last projection.
public struct MultiHeadAttentionSpec: Sendable, Equatable {
    /// Divides the features of a step.
    public var heads: Int
    /// Whether a step sees itself and those before it only.
    public var isCausal: Bool
    /// Whether the projections have biases, except that of the keys, which would change nothing.
    public var bias: Bool
    /// The part of the attention weights that training leaves out.
    public var dropout: Double

    /// Heads that see all steps, without biases as in the paper, if nothing else is said.
    public init(heads: Int, isCausal: Bool = false, bias: Bool = false, dropout: Double = 0) {
        self.heads = heads
        self.isCausal = isCausal
        self.bias = bias
        self.dropout = dropout
    }
}

extension MultiHeadAttentionSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "multi_head_attention",
        JobFormat.layerKeys([
            JobFormat.headsKey, JobFormat.causalKey, AttentionSpec.biasKey, JobFormat.dropoutKey,
        ]),
        "Self-attention with several heads: [T, F] stays [T, F].")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(heads: try node.required("heads"))
        try node.read("causal", into: &isCausal)
        try node.read("bias", into: &bias)
        try node.read("dropout", into: &dropout)
    }

    var document: DocumentNode {
        DocumentNode([
            "heads": heads.document, "causal": isCausal.document, "bias": bias.document,
            "dropout": dropout.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let (steps, features) = try inference.sequence("multi_head_attention")
        try inference.check(heads: heads)
        try inference.projections(from: features, to: features, bias: bias)
        try inference.parameter("output.weight", [features, features])
        if bias { try inference.parameter("output.bias", [features]) }
        inference.keepAttention(steps: steps, features: features, heads: heads)
    }
}

extension ShapeInference {
    /// Throws unless the heads share the features of a step in equal parts.
    func check(heads: Int) throws(SpecError) {
        guard shape[1] % heads == 0 else {
            throw problem(
                "`heads` must divide the features of a step, of which the input \(shape) has \(shape[1]); "
                    + "found \(heads)")
        }
    }
}
