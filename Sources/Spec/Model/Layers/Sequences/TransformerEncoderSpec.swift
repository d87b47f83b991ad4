/// Blocks of self-attention and of a dense network that is applied to each step (Vaswani et al. 2017,
/// arXiv:1706.03762, section 3.1), each inside a residual connection with a layer norm.
public struct TransformerEncoderSpec: Sendable, Equatable {
    /// Divides the features of a step.
    public var heads: Int
    /// The hidden units of the dense network.
    public var feedForward: Int
    /// Blocks one on top of the other.
    public var layers: Int
    /// What is applied to the hidden units.
    public var activation: Activation
    /// The part that training leaves out of attention weights, hidden units and the outputs of both parts.
    public var dropout: Double
    /// Where the layer norms stand.
    public var norm: Norm
    /// Whether a step sees itself and those before it only.
    public var isCausal: Bool

    /// What can be applied to the hidden units.
    public enum Activation: String, Sendable, CaseIterable {
        case gelu
        case relu
    }

    /// Where the layer norms stand.
    public enum Norm: String, Sendable, CaseIterable {
        /// x + f(norm(x)), with one more norm after the last block (Xiong et al. 2020, arXiv:2002.04745).
        case pre
        /// norm(x + f(x)), as in the paper.
        case post
    }

    /// One block with gelu and the norms in front, if nothing else is said.
    public init(
        heads: Int, feedForward: Int, layers: Int = 1, activation: Activation = .gelu, dropout: Double = 0,
        norm: Norm = .pre, isCausal: Bool = false
    ) {
        self.heads = heads
        self.feedForward = feedForward
        self.layers = layers
        self.activation = activation
        self.dropout = dropout
        self.norm = norm
        self.isCausal = isCausal
    }
}

extension TransformerEncoderSpec.Activation: DocumentValue {}
extension TransformerEncoderSpec.Norm: DocumentValue {}

extension TransformerEncoderSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "transformer_encoder",
        JobFormat.layerKeys([
            JobFormat.headsKey, JobFormat.width("feed_forward", "Hidden units of the dense network."),
            JobFormat.depthKey,
            JobFormat.choice(
                "activation", Noun("activation", "activations"), of: Activation.self,
                "What is applied to the hidden units; default gelu."),
            JobFormat.dropoutKey,
            JobFormat.choice(
                "norm", Noun("norm", "norms"), of: Norm.self,
                "Whether layer norms stand before attention and network, or after their sums; default pre."),
            JobFormat.causalKey,
        ]),
        "Blocks of self-attention and a dense network: [T, F] stays [T, F].")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(heads: try node.required("heads"), feedForward: try node.required("feed_forward"))
        try node.read("layers", into: &layers)
        try node.read("activation", into: &activation)
        try node.read("dropout", into: &dropout)
        try node.read("norm", into: &norm)
        try node.read("causal", into: &isCausal)
    }

    var document: DocumentNode {
        DocumentNode([
            "heads": heads.document, "feed_forward": feedForward.document, "layers": layers.document,
            "activation": activation.document, "dropout": dropout.document, "norm": norm.document,
            "causal": isCausal.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let (steps, features) = try inference.sequence("transformer_encoder")
        try inference.check(heads: heads)
        try inference.stack(layers)
        for layer in 0..<layers {
            try inference.projections(
                from: features, to: features, bias: false, prefix: "\(layer).attention.")
            try inference.parameter("\(layer).attention.output.weight", [features, features])
            try inference.norm("\(layer).attention_norm", features)
            try inference.parameter("\(layer).feed_forward.hidden.weight", [features, feedForward])
            try inference.parameter("\(layer).feed_forward.hidden.bias", [feedForward])
            try inference.parameter("\(layer).feed_forward.output.weight", [feedForward, features])
            try inference.parameter("\(layer).feed_forward.output.bias", [features])
            try inference.norm("\(layer).feed_forward_norm", features)
            inference.keepAttention(steps: steps, features: features, heads: heads)
            inference.keep(Double(steps) * Double(2 * feedForward + 6 * features))
        }
        if norm == .pre { try inference.norm("norm", features) }
    }
}

extension ShapeInference {
    /// Notes the scale and the shift of a layer norm, `LAYER.NAME…`.
    fileprivate mutating func norm(_ name: String, _ features: Int) throws(SpecError) {
        try parameter(name + ".weight", [features])
        try parameter(name + ".bias", [features])
    }
}
