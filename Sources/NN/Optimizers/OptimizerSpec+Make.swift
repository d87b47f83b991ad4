public import Spec

extension OptimizerSpec {
    /// The optimizer that a job file names.
    public func makeOptimizer() -> any Optimizer {
        switch self {
        case .sgd(let spec):
            SGD(
                learningRate: spec.learningRate, weightDecay: spec.weightDecay, decaysAll: spec.decaysAll)
        case .momentum(let spec):
            Momentum(
                learningRate: spec.learningRate, momentum: spec.momentum, weightDecay: spec.weightDecay,
                decaysAll: spec.decaysAll)
        case .nesterov(let spec):
            Nesterov(
                learningRate: spec.learningRate, momentum: spec.momentum, weightDecay: spec.weightDecay,
                decaysAll: spec.decaysAll)
        case .rmsprop(let spec):
            RMSprop(
                learningRate: spec.learningRate, decay: spec.decay, momentum: spec.momentum,
                epsilon: spec.epsilon, epsilonInRoot: spec.epsilonInRoot, weightDecay: spec.weightDecay,
                decaysAll: spec.decaysAll)
        case .adagrad(let spec):
            Adagrad(
                learningRate: spec.learningRate, epsilon: spec.epsilon, weightDecay: spec.weightDecay,
                decaysAll: spec.decaysAll)
        case .adadelta(let spec):
            Adadelta(
                learningRate: spec.learningRate, decay: spec.decay, epsilon: spec.epsilon,
                weightDecay: spec.weightDecay, decaysAll: spec.decaysAll)
        case .adam(let spec):
            Adam(
                learningRate: spec.learningRate, beta1: spec.beta1, beta2: spec.beta2, epsilon: spec.epsilon,
                weightDecay: spec.weightDecay, decaysAll: spec.decaysAll)
        case .amsgrad(let spec):
            AMSGrad(
                learningRate: spec.learningRate, beta1: spec.beta1, beta2: spec.beta2, epsilon: spec.epsilon,
                weightDecay: spec.weightDecay, decaysAll: spec.decaysAll)
        case .adamw(let spec):
            AdamW(
                learningRate: spec.learningRate, beta1: spec.beta1, beta2: spec.beta2, epsilon: spec.epsilon,
                weightDecay: spec.weightDecay, decaysAll: spec.decaysAll)
        case .lion(let spec):
            Lion(
                learningRate: spec.learningRate, beta1: spec.beta1, beta2: spec.beta2,
                weightDecay: spec.weightDecay, decaysAll: spec.decaysAll)
        }
    }
}
