/// Normalises each sample along its last axis: a vector of features, or each step of a sequence (Ba et al. 2016,
/// arXiv:1607.06450, eq. 4).
public struct LayerNormSpec: Sendable, Equatable {
    /// Added to the variance.
    public var epsilon: Double
    /// Whether a trained weight and bias follow, one number a feature.
    public var affine: Bool

    /// PyTorch's defaults.
    public init(epsilon: Double = 1e-5, affine: Bool = true) {
        self.epsilon = epsilon
        self.affine = affine
    }
}

extension LayerNormSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "layer_norm", JobFormat.layerKeys([JobFormat.epsilonKey, JobFormat.affineKey]),
        "Normalises each sample along its last axis.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("epsilon", into: &epsilon)
        try node.read("affine", into: &affine)
    }

    var document: DocumentNode {
        DocumentNode(["epsilon": epsilon.document, "affine": affine.document])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        if affine { try inference.affine(inference.shape.suffix(1)) }
    }
}
