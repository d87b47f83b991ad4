/// One kind of layer: its keys in a job file, and what it makes of a sample's shape. All that the format says of a
/// layer is in the file of its kind.
protocol LayerKind: DocumentValue, Sendable, Equatable {
    /// The kind's line in the grammar, which names it.
    static var rule: VariantRule.Kind { get }

    /// Passes a sample's shape through the layer: reads and replaces `inference.shape`, and notes what is trained.
    ///
    /// - Throws: When the layer cannot take its input, naming both shapes.
    func infer(_ inference: inout ShapeInference) throws(SpecError)
}

extension LayerSpec.Kind {
    /// Reads the parameters of the kind called `keyword`, which the grammar has passed.
    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) {
        switch keyword {
        case DenseSpec.rule.key: self = .dense(try DenseSpec(node))
        case FlattenSpec.rule.key: self = .flatten(try FlattenSpec(node))
        case EmbeddingSpec.rule.key: self = .embedding(try EmbeddingSpec(node))
        case RNNSpec.rule.key: self = .rnn(try RNNSpec(node))
        case LSTMSpec.rule.key: self = .lstm(try LSTMSpec(node))
        case GRUSpec.rule.key: self = .gru(try GRUSpec(node))
        case AttentionSpec.rule.key: self = .attention(try AttentionSpec(node))
        case MultiHeadAttentionSpec.rule.key: self = .multiHeadAttention(try MultiHeadAttentionSpec(node))
        case TransformerEncoderSpec.rule.key: self = .transformerEncoder(try TransformerEncoderSpec(node))
        case PositionalEncodingSpec.rule.key: self = .positionalEncoding(try PositionalEncodingSpec(node))
        case LastStepSpec.rule.key: self = .lastStep(try LastStepSpec(node))
        case AverageStepsSpec.rule.key: self = .averageSteps(try AverageStepsSpec(node))
        case SequentialSpec.rule.key: self = .sequential(try SequentialSpec(node))
        default:
            guard let activation = ActivationSpec(rawValue: keyword) else { throw node.mismatch("a layer") }
            self = .activation(ActivationLayerSpec(activation))
        }
    }

    /// The grammar of all kinds.
    static let rules: [VariantRule.Kind] =
        [DenseSpec.rule, FlattenSpec.rule] + sequenceRules + [SequentialSpec.rule] + ActivationLayerSpec.rules

    private static let sequenceRules: [VariantRule.Kind] = [
        EmbeddingSpec.rule, RNNSpec.rule, LSTMSpec.rule, GRUSpec.rule, AttentionSpec.rule,
        MultiHeadAttentionSpec.rule, TransformerEncoderSpec.rule, PositionalEncodingSpec.rule, LastStepSpec.rule,
        AverageStepsSpec.rule,
    ]

    /// The word for the kind.
    var keyword: String {
        switch self {
        case .activation(let spec): spec.function.rawValue
        default: type(of: value).rule.key
        }
    }

    var value: any LayerKind {
        switch self {
        case .dense(let spec): spec
        case .activation(let spec): spec
        case .flatten(let spec): spec
        case .embedding(let spec): spec
        case .rnn(let spec): spec
        case .lstm(let spec): spec
        case .gru(let spec): spec
        case .attention(let spec): spec
        case .multiHeadAttention(let spec): spec
        case .transformerEncoder(let spec): spec
        case .positionalEncoding(let spec): spec
        case .lastStep(let spec): spec
        case .averageSteps(let spec): spec
        case .sequential(let spec): spec
        }
    }
}
