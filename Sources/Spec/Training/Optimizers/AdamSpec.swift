/// Kingma & Ba 2015, arXiv:1412.6980, algorithm 1: both moments bias-corrected, epsilon outside the root.
///
/// With `amsgrad` the largest second moment so far stands in the place of the last: Reddi, Kale & Kumar 2018,
/// arXiv:1904.09237, in PyTorch's form.
public struct AdamSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// How fast the first moment forgets; 0 <= beta1 < 1.
    public var beta1: Double
    /// How fast the second moment forgets; 0 <= beta2 < 1.
    public var beta2: Double
    /// Keeps the division by the second moment's root finite; above 0.
    public var epsilon: Double
    /// L2: `weight_decay * w` is added to the gradient of what decays.
    public var weightDecay: Double
    /// Whether biases and norms decay too.
    public var decaysAll: Bool

    /// The paper's defaults, which are a job file's too.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0, decaysAll: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.decaysAll = decaysAll
    }
}

extension AdamSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("beta1", into: &beta1)
        try node.read("beta2", into: &beta2)
        try node.read("epsilon", into: &epsilon)
        try node.read("weight_decay", into: &weightDecay)
        try node.read("decay_all", into: &decaysAll)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document,
            "beta1": beta1.document,
            "beta2": beta2.document,
            "epsilon": epsilon.document,
            "weight_decay": weightDecay.document,
            "decay_all": decaysAll.document,
        ])
    }
}
