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
        case SequentialSpec.rule.key: self = .sequential(try SequentialSpec(node))
        default:
            guard let activation = ActivationSpec(rawValue: keyword) else { throw node.mismatch("a layer") }
            self = .activation(ActivationLayerSpec(activation))
        }
    }

    /// The grammar of all kinds.
    static let rules: [VariantRule.Kind] =
        [DenseSpec.rule, FlattenSpec.rule, SequentialSpec.rule] + ActivationLayerSpec.rules

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
        case .sequential(let spec): spec
        }
    }
}
