/// Gated recurrent units (Cho et al. 2014, arXiv:1406.1078): h' = (1 - z) n + z h.
///
/// The gates r, z and n lie side by side in the columns of the weights.
public struct GRUSpec: Sendable, Equatable {
    /// The units, and how cells are stacked.
    public var stack: RecurrentSpec
    /// Where the reset gate acts.
    public var reset: Reset

    /// Where the reset gate acts.
    public enum Reset: String, Sendable, CaseIterable {
        /// On the product: n = tanh(x Wxn + bxn + r (h Whn + bhn)), as in PyTorch and cuDNN. The hidden product has a
        /// bias of its own, `hidden_bias`.
        case after
        /// On the state: n = tanh(x Wxn + (r h) Whn + bn), as in the paper.
        case before
    }

    /// Cells as `stack` says, reset after the product if nothing else is said.
    public init(_ stack: RecurrentSpec, reset: Reset = .after) {
        self.stack = stack
        self.reset = reset
    }
}

extension GRUSpec.Reset: DocumentValue {}

extension GRUSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "gru",
        RecurrentSpec.keys([
            JobFormat.choice(
                "reset", Noun("reset", "resets"), of: Reset.self,
                "Whether the reset gate acts after the hidden product or before it; default after.")
        ]),
        "Gated recurrent units; gates in the order r, z, n.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(try RecurrentSpec(node))
        try node.read("reset", into: &reset)
    }

    var document: DocumentNode {
        stack.document(.init(key: "reset", origin: nil, value: reset.document))
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        try stack.infer(
            &inference, "gru", gates: 3, biases: reset == .after ? ["bias", "hidden_bias"] : ["bias"])
    }
}
