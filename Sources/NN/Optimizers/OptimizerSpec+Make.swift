public import Spec

extension OptimizerSpec {
    /// The optimizer that a job file names.
    public func makeOptimizer() -> any Optimizer {
        switch self {
        case .sgd(let spec):
            SGD(learningRate: spec.learningRate, weightDecay: spec.weightDecay)
        case .momentum(let spec):
            Momentum(learningRate: spec.learningRate, momentum: spec.momentum, weightDecay: spec.weightDecay)
        case .adam(let spec):
            Adam(
                learningRate: spec.learningRate, beta1: spec.beta1, beta2: spec.beta2, epsilon: spec.epsilon,
                weightDecay: spec.weightDecay)
        }
    }
}
