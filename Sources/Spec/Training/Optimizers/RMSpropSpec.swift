/// s = decay * s + (1 - decay) * g^2; w -= learning_rate * g / (sqrt(s) + epsilon). Tieleman & Hinton 2012, lecture 6.5.
///
/// With momentum: v = momentum * v + g / (sqrt(s) + epsilon); w -= learning_rate * v.
public struct RMSpropSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// How much of the average of squares is kept; 0 <= decay < 1. Rho, or alpha in PyTorch.
    public var decay: Double
    /// How much of the last update is kept; 0 <= momentum < 1.
    public var momentum: Double
    /// Keeps the division by the root finite; above 0.
    public var epsilon: Double
    /// Whether epsilon is added under the root instead, as TensorFlow does it.
    public var epsilonInRoot: Bool
    /// L2: `weight_decay * w` is added to the gradient of what decays.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// PyTorch's defaults, which are a job file's too.
    public init(
        learningRate: Double = 0.01, decay: Double = 0.99, momentum: Double = 0, epsilon: Double = 1e-8,
        epsilonInRoot: Bool = false, weightDecay: Double = 0, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.decay = decay
        self.momentum = momentum
        self.epsilon = epsilon
        self.epsilonInRoot = epsilonInRoot
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }
}

extension RMSpropSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("decay", into: &decay)
        try node.read("momentum", into: &momentum)
        try node.read("epsilon", into: &epsilon)
        try node.read("epsilon_in_root", into: &epsilonInRoot)
        try node.read("weight_decay", into: &weightDecay)
        try node.read("decay_all", into: &decaysAll)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document,
            "decay": decay.document,
            "momentum": momentum.document,
            "epsilon": epsilon.document,
            "epsilon_in_root": epsilonInRoot.document,
            "weight_decay": weightDecay.document,
            "decay_all": decaysAll.document,
        ])
    }
}
