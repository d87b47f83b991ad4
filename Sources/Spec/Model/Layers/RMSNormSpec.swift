/// Divides each sample by its root mean square along its last axis, and multiplies with a trained weight (Zhang &
/// Sennrich 2019, arXiv:1910.07467, eq. 4).
public struct RMSNormSpec: Sendable, Equatable {
    /// Added to the mean square.
    public var epsilon: Double

    /// An epsilon of 1e-5 like the other normalisations'.
    public init(epsilon: Double = 1e-5) {
        self.epsilon = epsilon
    }
}

extension RMSNormSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "rms_norm", JobFormat.layerKeys([JobFormat.epsilonKey]),
        "Divides each sample by its root mean square along its last axis.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("epsilon", into: &epsilon)
    }

    var document: DocumentNode { DocumentNode(["epsilon": epsilon.document]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        try inference.parameter("weight", inference.shape.suffix(1))
    }
}
