/// A recurrent layer without gates (Elman 1990): h = activation(x Wx + h Wh + b).
public struct RNNSpec: Sendable, Equatable {
    /// The units, and how cells are stacked.
    public var stack: RecurrentSpec
    /// What is applied to the sum.
    public var activation: Activation

    /// What can be applied to the sum.
    public enum Activation: String, Sendable, CaseIterable {
        case tanh
        case relu
    }

    /// A layer with the hyperbolic tangent, if nothing else is said.
    public init(_ stack: RecurrentSpec, activation: Activation = .tanh) {
        self.stack = stack
        self.activation = activation
    }
}

extension RNNSpec.Activation: DocumentValue {}

extension RNNSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "rnn",
        RecurrentSpec.keys([
            JobFormat.choice(
                "activation", Noun("activation", "activations"), of: Activation.self,
                "What is applied to the sum; default tanh.")
        ]),
        "h = activation(x Wx + h Wh + b), step by step.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(try RecurrentSpec(node))
        try node.read("activation", into: &activation)
    }

    var document: DocumentNode {
        stack.document(.init(key: "activation", origin: nil, value: activation.document))
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        try stack.infer(&inference, "rnn", gates: 1)
    }
}
