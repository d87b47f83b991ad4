/// Normalises each sample over groups of neighbouring channels (Wu & He 2018, arXiv:1803.08494, eq. 7).
public struct GroupNormSpec: Sendable, Equatable {
    /// How many groups there are; divides the channels.
    public var groups: Int
    /// Added to the variance.
    public var epsilon: Double
    /// Whether a trained weight and bias follow, one number a channel.
    public var affine: Bool

    /// An epsilon of 1e-5 as in PyTorch.
    public init(groups: Int, epsilon: Double = 1e-5, affine: Bool = true) {
        self.groups = groups
        self.epsilon = epsilon
        self.affine = affine
    }
}

extension GroupNormSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "group_norm",
        JobFormat.layerKeys([
            .init(
                "groups", required: true, .integer(.atLeast(1)), "Groups of channels; divides the channels."),
            JobFormat.epsilonKey, JobFormat.affineKey,
        ]),
        "Normalises each sample over groups of channels.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(groups: try node.required("groups"))
        try node.read("epsilon", into: &epsilon)
        try node.read("affine", into: &affine)
    }

    var document: DocumentNode {
        DocumentNode([
            "groups": groups.document, "epsilon": epsilon.document, "affine": affine.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let channels = inference.shape[0]
        guard groups >= 1, channels % groups == 0 else {
            throw inference.problem(
                "expected `groups` that divide the \(channels) channels of the input \(inference.shape), "
                    + "found \(groups)")
        }
        if affine { try inference.affine([channels]) }
    }
}
