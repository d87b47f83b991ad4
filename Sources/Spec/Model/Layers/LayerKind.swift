/// What all that the format says of some layers is behind: their keys in a job file, and what they make of a sample's
/// shape. All of it is in the file of the layers' spec.
protocol LayerFamily: Sendable, Equatable {
    /// The layers' lines in the grammar, which name them.
    static var rules: [VariantRule.Kind] { get }

    /// Reads the parameters of the layer called `keyword`, which the grammar has passed.
    init(_ keyword: String, _ node: DocumentNode) throws(SpecError)

    /// The word for the layer: the key of one of the rules.
    var keyword: String { get }
    /// The layer's parameters.
    var document: DocumentNode { get }
    /// The layers inside, and the key under which they stand; the key is nil when they are a list by themselves.
    var inner: (key: String?, layers: [LayerSpec]) { get }

    /// Passes a sample's shape through the layer: reads and replaces `inference.shape`, and notes what is trained.
    ///
    /// - Throws: When the layer cannot take its input, naming both shapes.
    func infer(_ inference: inout ShapeInference) throws(SpecError)
}

extension LayerFamily {
    var inner: (key: String?, layers: [LayerSpec]) { (nil, []) }

    static func has(_ keyword: String) -> Bool { rules.contains { $0.key == keyword } }
}

/// A family of one.
protocol LayerKind: LayerFamily, DocumentValue {
    /// The kind's line in the grammar, which names it.
    static var rule: VariantRule.Kind { get }
}

extension LayerKind {
    static var rules: [VariantRule.Kind] { [rule] }

    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) { try self.init(node) }

    var keyword: String { Self.rule.key }
}
