/// v = momentum * v + g; w -= learning_rate * v, or with `nesterov` w -= learning_rate * (g + momentum * v).
public struct MomentumSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// How much of the last update is kept; 0 <= momentum < 1.
    public var momentum: Double
    /// L2: `weight_decay * w` is added to the gradient of what decays.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// The defaults of a job file.
    public init(
        learningRate: Double = 0.01, momentum: Double = 0.9, weightDecay: Double = 0,
        decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }
}

extension MomentumSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("momentum", into: &momentum)
        try node.read("weight_decay", into: &weightDecay)
        try node.read("decay_all", into: &decaysAll)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document,
            "momentum": momentum.document,
            "weight_decay": weightDecay.document,
            "decay_all": decaysAll.document,
        ])
    }
}
