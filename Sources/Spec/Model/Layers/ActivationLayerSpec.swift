/// A function that is applied to every value of a sample of any shape, as a layer of its own.
public struct ActivationLayerSpec: Sendable, Equatable {
    /// The function.
    public var function: ActivationSpec

    /// A layer that applies `function`.
    public init(_ function: ActivationSpec) {
        self.function = function
    }
}

extension ActivationLayerSpec: LayerFamily {
    /// Every function is a kind of its own.
    static let rules = ActivationSpec.words.map {
        VariantRule.Kind($0.keyword, JobFormat.layerKeys($0.fields), $0.about)
    }

    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) {
        function = try ActivationSpec(keyword, node)
    }

    var keyword: String { function.keyword }

    var document: DocumentNode { function.parameters }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {}
}
