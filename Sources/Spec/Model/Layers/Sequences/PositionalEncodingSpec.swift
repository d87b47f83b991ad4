/// Adds to each step of a sequence a vector that tells its place.
public struct PositionalEncodingSpec: Sendable, Equatable {
    /// Where the vectors come from.
    public var kind: Kind

    /// Where the vectors come from.
    public enum Kind: String, Sendable, CaseIterable {
        /// Sines and cosines (Vaswani et al. 2017, arXiv:1706.03762, section 3.5).
        case sinusoidal
        /// A parameter [T, F].
        case learned
    }

    /// Sines and cosines, if nothing else is said.
    public init(_ kind: Kind = .sinusoidal) {
        self.kind = kind
    }
}

extension PositionalEncodingSpec.Kind: DocumentValue {}

extension PositionalEncodingSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "positional_encoding",
        JobFormat.layerKeys([
            JobFormat.choice(
                "kind", Noun("kind", "kinds"), of: Kind.self,
                "Whether the vectors are sines and cosines, or learned; default sinusoidal.")
        ]),
        "Adds to each step a vector that tells its place.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("kind", into: &kind)
    }

    var document: DocumentNode { DocumentNode(["kind": kind.document]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let (steps, features) = try inference.sequence("positional_encoding")
        if kind == .learned { try inference.parameter("weight", [steps, features]) }
    }
}
