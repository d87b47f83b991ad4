/// w -= learning_rate * (sign(beta1 * m + (1 - beta1) * g) + weight_decay * w); m = beta2 * m + (1 - beta2) * g.
/// Chen et al. 2023, arXiv:2302.06675, algorithm 2.
public struct LionSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// The part of the momentum in the direction; 0 <= beta1 < 1.
    public var beta1: Double
    /// How much of the momentum is kept; 0 <= beta2 < 1.
    public var beta2: Double
    /// Decoupled: `learning_rate * weight_decay * w` is subtracted from what decays.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// The defaults of the authors' program, which are a job file's too.
    public init(
        learningRate: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0,
        decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }
}

extension LionSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("beta1", into: &beta1)
        try node.read("beta2", into: &beta2)
        try node.read("weight_decay", into: &weightDecay)
        try node.read("decay_all", into: &decaysAll)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document,
            "beta1": beta1.document,
            "beta2": beta2.document,
            "weight_decay": weightDecay.document,
            "decay_all": decaysAll.document,
        ])
    }
}
