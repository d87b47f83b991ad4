/// How gradients change weights.
public enum OptimizerSpec: Sendable, Equatable {
    case sgd(SGDSpec)
    case momentum(MomentumSpec)
    case adam(AdamSpec)
}

/// w -= learning_rate * g
public struct SGDSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// L2: `weight_decay * w` is added to the gradient of weights, not of biases.
    public var weightDecay: Double

    /// The defaults of a job file.
    public init(learningRate: Double = 0.01, weightDecay: Double = 0) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
    }
}

/// v = momentum * v + g; w -= learning_rate * v
public struct MomentumSpec: Sendable, Equatable {
    /// The step size; above 0.
    public var learningRate: Double
    /// How much of the last update is kept; 0 <= momentum < 1.
    public var momentum: Double
    /// L2: `weight_decay * w` is added to the gradient of weights, not of biases.
    public var weightDecay: Double

    /// The defaults of a job file.
    public init(learningRate: Double = 0.01, momentum: Double = 0.9, weightDecay: Double = 0) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.weightDecay = weightDecay
    }
}

/// Kingma & Ba 2015, arXiv:1412.6980, algorithm 1: both moments bias-corrected, epsilon outside the root.
public struct AdamSpec: Sendable, Equatable {
    /// The step size, alpha in the paper; above 0.
    public var learningRate: Double
    /// How fast the first moment forgets; 0 <= beta1 < 1.
    public var beta1: Double
    /// How fast the second moment forgets; 0 <= beta2 < 1.
    public var beta2: Double
    /// Keeps the division by the second moment's root finite; above 0.
    public var epsilon: Double
    /// L2: `weight_decay * w` is added to the gradient of weights, not of biases.
    public var weightDecay: Double

    /// The paper's defaults, which are a job file's too.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }
}
