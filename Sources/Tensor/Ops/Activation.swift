/// The functions between the layers of a network.
///
/// PyTorch's defaults are the slope 0.01 for `leakyRelu` and alpha 1 for `elu`.
public enum Activation: Sendable, Hashable {
    /// x itself.
    case identity
    /// max(x, 0)
    case relu
    /// `Tensor.leakyRelu(slope:)`
    case leakyRelu(slope: Float)
    /// `Tensor.elu(alpha:)`
    case elu(alpha: Float)
    /// `Tensor.gelu()`, by the error function.
    case gelu
    /// `Tensor.geluTanh()`, gelu's approximation.
    case geluTanh
    /// `Tensor.silu()`, also known as swish.
    case silu
    /// log(1 + e^x)
    case softplus
    /// The hyperbolic tangent.
    case tanh
    /// 1 / (1 + e^-x)
    case sigmoid
    /// `Tensor.hardSigmoid()`
    case hardSigmoid
    /// `Tensor.hardTanh()`
    case hardTanh
    /// `Tensor.hardSwish()`
    case hardSwish
    /// `Tensor.softmax(axis:)` over the last axis.
    case softmax
    /// `Tensor.logSoftmax(axis:)` over the last axis.
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
