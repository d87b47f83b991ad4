/// A function that is applied to every value of a sample of any shape, as a layer of its own.
public struct ActivationLayerSpec: Sendable, Equatable {
    /// The function.
    public var function: ActivationSpec

    /// A layer that applies `function`.
    public init(_ function: ActivationSpec) {
        self.function = function
    }
}

extension ActivationLayerSpec: LayerKind {
    /// Every function is a kind of its own.
    static let rules = ActivationSpec.allCases.map {
        VariantRule.Kind($0.rawValue, JobFormat.layerKeys([]), "An activation function.")
    }

    static var rule: VariantRule.Kind { rules[0] }

    init(_ node: DocumentNode) throws(SpecError) {
        throw node.mismatch("a function by its name")
    }

    var document: DocumentNode { DocumentNode([:]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {}
}

/// A function that is applied to every value of a sample.
public enum ActivationSpec: String, Sendable, Codable, CaseIterable {
    case relu
    case tanh
    case sigmoid
}

extension ActivationSpec: DocumentValue {}
