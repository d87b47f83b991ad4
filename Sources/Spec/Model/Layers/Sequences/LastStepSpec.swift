/// The last step of a sequence: [T, F] becomes [F].
public struct LastStepSpec: Sendable, Equatable {
    /// The layer; it has nothing to set.
    public init() {}
}

extension LastStepSpec: LayerKind {
    static let rule = VariantRule.Kind("last_step", JobFormat.layerKeys([]), "The last step of a sequence.")

    init(_ node: DocumentNode) throws(SpecError) { self.init() }

    var document: DocumentNode { DocumentNode([:]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        inference.shape = [try inference.sequence("last_step").features]
    }
}
