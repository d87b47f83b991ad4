/// s += g^2; w -= learning_rate * g / (sqrt(s) + epsilon). Duchi, Hazan & Singer 2011, JMLR 12.
public struct AdagradSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// Keeps the division by the root finite; above 0.
    public var epsilon: Double
    /// L2: `weight_decay * w` is added to the gradient of what decays.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults, which are a job file's too.
    public init(
        learningRate: Double = 0.01, epsilon: Double = 1e-10, weightDecay: Double = 0,
        decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }
}

extension AdagradSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("epsilon", into: &epsilon)
        try node.read("weight_decay", into: &weightDecay)
        try node.read("decay_all", into: &decaysAll)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document,
            "epsilon": epsilon.document,
            "weight_decay": weightDecay.document,
            "decay_all": decaysAll.document,
        ])
    }
}
