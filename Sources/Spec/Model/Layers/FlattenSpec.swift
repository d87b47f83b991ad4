/// Makes a vector of a sample of any shape.
public struct FlattenSpec: Sendable, Equatable {
    /// The layer; it has nothing to set.
    public init() {}
}

extension FlattenSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "flatten", JobFormat.layerKeys([]), "Makes a vector of a sample of any shape.")

    init(_ node: DocumentNode) throws(SpecError) { self.init() }

    var document: DocumentNode { DocumentNode([:]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        inference.shape = [inference.size]
    }
}
