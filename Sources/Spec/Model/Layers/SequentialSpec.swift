/// Layers inside a layer, one after another; their names are prefixed with this layer's.
public struct SequentialSpec: Sendable, Equatable {
    /// In the order in which a sample passes them.
    public var layers: [LayerSpec]

    /// The layers one after another.
    public init(_ layers: [LayerSpec]) {
        self.layers = layers
    }
}

extension SequentialSpec: LayerKind {
    static let rule = VariantRule.Kind("sequential", .list(JobFormat.layers), "Layers inside a layer.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(try [LayerSpec](node))
    }

    var document: DocumentNode { layers.document }

    var inner: (key: String?, layers: [LayerSpec]) { (nil, layers) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        try inference.pass(inner: layers)
    }
}
