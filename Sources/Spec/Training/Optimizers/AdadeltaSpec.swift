/// s = decay * s + (1 - decay) * g^2; d = sqrt(u + epsilon) / sqrt(s + epsilon) * g;
/// u = decay * u + (1 - decay) * d^2; w -= learning_rate * d. Zeiler 2012, arXiv:1212.5701, algorithm 1.
public struct AdadeltaSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// How much of both averages is kept; 0 <= decay < 1. Rho in the paper.
    public var decay: Double
    /// Added under both roots; above 0.
    public var epsilon: Double
    /// L2: `weight_decay * w` is added to the gradient of what decays.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults, which are a job file's too.
    public init(
        learningRate: Double = 1, decay: Double = 0.9, epsilon: Double = 1e-6, weightDecay: Double = 0,
        decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.decay = decay
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }
}

extension AdadeltaSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("decay", into: &decay)
        try node.read("epsilon", into: &epsilon)
        try node.read("weight_decay", into: &weightDecay)
        try node.read("decay_all", into: &decaysAll)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document,
            "decay": decay.document,
            "epsilon": epsilon.document,
            "weight_decay": weightDecay.document,
            "decay_all": decaysAll.document,
        ])
    }
}
