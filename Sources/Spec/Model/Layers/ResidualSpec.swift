/// y = activation(x + f(x)), where f is layers one after another (He et al. 2016, arXiv:1512.03385, eq. 1); their names are
/// prefixed with this layer's.
public struct ResidualSpec: Sendable, Equatable {
    /// f, in the order in which a sample passes them; puts out the shape that it takes.
    public var layers: [LayerSpec]
    /// What is applied to the sum; nil for nothing.
    public var activation: ActivationSpec?

    /// A layer that adds what `layers` make of its input to the input.
    public init(_ layers: [LayerSpec], activation: ActivationSpec? = nil) {
        self.layers = layers
        self.activation = activation
    }
}

extension ResidualSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "residual",
        .listOrMapping(
            JobFormat.layers,
            MappingRule(
                fields: [
                    .init(
                        "layers", required: true, .list(JobFormat.layers), "f in y = activation(x + f(x))."),
                    JobFormat.activationKey,
                ] + JobFormat.commonLayerKeys)),
        "Layers whose output is added to their input.")

    init(_ node: DocumentNode) throws(SpecError) {
        if case .list = node.value {
            self.init(try [LayerSpec](node))
        } else {
            self.init(try node.required("layers"))
            try node.read("activation", into: &activation)
        }
    }

    /// Without an activation the list by itself: nested no deeper than what it was read from.
    var document: DocumentNode {
        guard let activation else { return layers.document }
        return DocumentNode(["layers": layers.document, "activation": activation.document])
    }

    var inner: (key: String?, layers: [LayerSpec]) { (activation == nil ? nil : "layers", layers) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let input = inference.shape
        try inference.pass(inner: layers, at: inner.key)
        guard inference.shape == input else {
            throw inference.problem(
                "the layers inside `residual` must put out the shape that they take; they make "
                    + "\(inference.shape) of \(input)")
        }
    }
}
