/// Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000).
///
/// The gates i, f, g and o lie side by side in the columns of the weights; there is one bias.
public struct LSTMSpec: Sendable, Equatable {
    /// The units, and how cells are stacked.
    public var stack: RecurrentSpec

    /// Cells as `stack` says.
    public init(_ stack: RecurrentSpec) {
        self.stack = stack
    }
}

extension LSTMSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "lstm", RecurrentSpec.keys([]), "Long short-term memory; gates in the order i, f, g, o.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(try RecurrentSpec(node))
    }

    var document: DocumentNode { stack.document() }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        try stack.infer(&inference, "lstm", gates: 4)
    }
}
