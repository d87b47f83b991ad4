/// How gradients change weights: one of the optimizers that `NN` has, with its numbers.
///
/// `learningRate` is above 0; what is left out of a job file has PyTorch's default, except where it says otherwise.
public enum OptimizerSpec: Sendable, Equatable {
    case sgd(SGDSpec)
    case momentum(MomentumSpec)
    case nesterov(MomentumSpec)
    case rmsprop(RMSpropSpec)
    case adagrad(AdagradSpec)
    case adadelta(AdadeltaSpec)
    case adam(AdamSpec)
    case amsgrad(AdamSpec)
    case adamw(AdamWSpec)
    case lion(LionSpec)
}
