/// A file with the weights that a model starts with.
public struct InitialWeightsSpec: Sendable, Hashable {
    /// A safetensors or NPZ file that holds every parameter of the model and nothing else.
    public var path: String
    /// How the tensors in it are called and lie; nil for what the file says of itself, `native` where it says nothing.
    public var layout: WeightsLayout?

    /// The weights in a file.
    public init(_ path: String, layout: WeightsLayout? = nil) {
        self.path = path
        self.layout = layout
    }
}

extension InitialWeightsSpec: ExpressibleByStringLiteral {
    /// The weights in the file of this path.
    public init(stringLiteral path: String) {
        self.init(path)
    }
}

extension InitialWeightsSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard case .mapping = node.value else {
            self.init(try String(node))
            return
        }
        self.init(try node.required("path"))
        try node.read("layout", into: &layout)
    }

    var document: DocumentNode {
        guard let layout else { return path.document }
        return DocumentNode(["path": path.document, "layout": layout.document])
    }
}

/// How the tensors in a file of weights are called and lie.
public enum WeightsLayout: String, Sendable, CaseIterable, DocumentValue {
    /// As in this program: dense weights are [inputs, outputs].
    case native
    /// As in the `state_dict` of PyTorch's modules: dense weights are [outputs, inputs].
    case pytorch
}
