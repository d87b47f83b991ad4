/// The functions between the layers of a network.
///
/// Parameters of PyTorch's layers have the defaults 0.01 for `leakyRelu` and 1 for `elu`.
public enum Activation: Sendable, Hashable {
    case identity
    case relu
    case leakyRelu(slope: Float)
    case elu(alpha: Float)
    case gelu
    case geluTanh
    case silu
    case softplus
    case tanh
    case sigmoid
    case hardSigmoid
    case hardTanh
    case hardSwish
    /// Over the last axis.
    case softmax
    /// Over the last axis.
    case logSoftmax
}

extension Activation {
    /// The function as an operation of its own, for a tensor of any shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        switch self {
        case .identity: x
        case .relu: x.relu()
        case .leakyRelu(let slope): x.leakyRelu(slope: slope)
        case .elu(let alpha): x.elu(alpha: alpha)
        case .gelu: x.gelu()
        case .geluTanh: x.geluTanh()
        case .silu: x.silu()
        case .softplus: x.softplus()
        case .tanh: x.tanh()
        case .sigmoid: x.sigmoid()
        case .hardSigmoid: x.hardSigmoid()
        case .hardTanh: x.hardTanh()
        case .hardSwish: x.hardSwish()
        case .softmax: x.softmax()
        case .logSoftmax: x.logSoftmax()
        }
    }

    /// How `dense` applies the function in place; nil for those whose derivative needs more than the result.
    var fused: FusedActivation? {
        switch self {
        case .identity: .identity
        case .relu: .relu
        case .tanh: .tanh
        case .sigmoid: .sigmoid
        default: nil
        }
    }
}
