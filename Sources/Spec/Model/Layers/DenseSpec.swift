/// `y = activation(x W + b)` with W [in, units] and b [units], for vectors and for each step of sequences.
public struct DenseSpec: Sendable, Equatable {
    /// How many outputs there are; at least 1.
    public var units: Int
    /// What is applied to the outputs; nil for nothing.
    public var activation: ActivationSpec?
    /// How W starts.
    public var initializer: InitializerSpec
    /// Whether b is added.
    public var bias: Bool

    /// An initializer of nil stands for He's with a ReLU and for Xavier's otherwise.
    public init(
        units: Int, activation: ActivationSpec? = nil, initializer: InitializerSpec? = nil, bias: Bool = true
    ) {
        self.units = units
        self.activation = activation
        self.initializer = initializer ?? InitializerSpec.standard(before: activation)
        self.bias = bias
    }
}

extension DenseSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "dense",
        JobFormat.layerKeys([
            JobFormat.units, JobFormat.activationKey, JobFormat.initializerKey, JobFormat.biasKey,
        ]),
        "y = activation(x W + b).")

    init(_ node: DocumentNode) throws(SpecError) {
        var activation: ActivationSpec?
        var initializer: InitializerSpec?
        try node.read("activation", into: &activation)
        try node.read("init", into: &initializer)
        self.init(units: try node.required("units"), activation: activation, initializer: initializer)
        try node.read("bias", into: &bias)
    }

    var document: DocumentNode {
        DocumentNode([
            "units": units.document, "activation": activation?.document, "init": initializer.document,
            "bias": bias.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        guard let features = inference.shape.last, inference.shape.count <= 2 else {
            throw inference.problem(
                "`dense` takes a vector or a sequence of vectors and its input has the shape "
                    + "\(inference.shape); put `flatten` before it")
        }
        try inference.parameter("weight", [features, units])
        if bias { try inference.parameter("bias", [units]) }
        inference.shape[inference.shape.count - 1] = units
    }
}
