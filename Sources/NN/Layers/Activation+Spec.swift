import Spec
import Tensor

extension Activation {
    /// The function that a job file names; nil stands for none.
    init(_ spec: ActivationSpec?) {
        switch spec {
        case nil: self = .identity
        case .relu: self = .relu
        case .leakyRelu(let slope): self = .leakyRelu(slope: Float(slope))
        case .elu(let alpha): self = .elu(alpha: Float(alpha))
        case .gelu: self = .gelu
        case .geluTanh: self = .geluTanh
        case .silu: self = .silu
        case .softplus: self = .softplus
        case .tanh: self = .tanh
        case .sigmoid: self = .sigmoid
        case .hardSigmoid: self = .hardSigmoid
        case .hardTanh: self = .hardTanh
        case .hardSwish: self = .hardSwish
        case .softmax: self = .softmax
        case .logSoftmax: self = .logSoftmax
        }
    }
}
