/// w -= learning_rate * g
public struct SGDSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// L2: `weight_decay * w` is added to the gradient of what decays.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// The defaults of a job file.
    public init(
        learningRate: Double = 0.01, weightDecay: Double = 0, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }
}

extension SGDSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("weight_decay", into: &weightDecay)
        try node.read("decay_all", into: &decaysAll)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document,
            "weight_decay": weightDecay.document,
            "decay_all": decaysAll.document,
        ])
    }
}
