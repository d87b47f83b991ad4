/// The mean over all steps of a sequence, padding included: [T, F] becomes [F].
public struct AverageStepsSpec: Sendable, Equatable {
    /// The layer; it has nothing to set.
    public init() {}
}

extension AverageStepsSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "average_steps", JobFormat.layerKeys([]), "The mean over all steps of a sequence, padding included.")

    init(_ node: DocumentNode) throws(SpecError) { self.init() }

    var document: DocumentNode { DocumentNode([:]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        inference.shape = [try inference.sequence("average_steps").features]
    }
}
