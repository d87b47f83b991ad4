/// Normalises each feature or channel over the batch, and outside of training with running averages (Ioffe & Szegedy 2015,
/// arXiv:1502.03167, algorithm 1). The statistics are those of a shard.
public struct BatchNormSpec: Sendable, Equatable {
    /// The part of a new step in the running averages.
    public var momentum: Double
    /// Added to the variance.
    public var epsilon: Double
    /// Whether a trained weight and bias follow, one number a channel.
    public var affine: Bool

    /// PyTorch's defaults.
    public init(momentum: Double = 0.1, epsilon: Double = 1e-5, affine: Bool = true) {
        self.momentum = momentum
        self.epsilon = epsilon
        self.affine = affine
    }
}

extension BatchNormSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "batch_norm",
        JobFormat.layerKeys([
            .init(
                "momentum", .number(.upToOne), "The part of a new step in the running averages; default 0.1."),
            JobFormat.epsilonKey, JobFormat.affineKey,
        ]),
        "Normalises each feature or channel over the batch.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("momentum", into: &momentum)
        try node.read("epsilon", into: &epsilon)
        try node.read("affine", into: &affine)
    }

    var document: DocumentNode {
        DocumentNode([
            "momentum": momentum.document, "epsilon": epsilon.document, "affine": affine.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        guard (1...3).contains(inference.shape.count) else {
            throw inference.problem(
                "`batch_norm` takes samples of the shape [features], [channels, length] or [channels, height, width] "
                    + "and its input has the shape \(inference.shape); put `reshape` before it")
        }
        let channels = [inference.shape[0]]
        if affine { try inference.affine(channels) }
        inference.average("running_mean", channels)
        inference.average("running_var", channels)
    }
}

extension ShapeInference {
    /// Notes the weight and the bias that follow a normalisation.
    mutating func affine(_ shape: [Int]) throws(SpecError) {
        try parameter("weight", shape)
        try parameter("bias", shape)
    }
}
