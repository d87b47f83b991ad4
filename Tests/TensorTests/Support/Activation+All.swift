import Tensor

extension Activation {
    /// One of each case. The switch does not compile when a case is new; add it to both.
    static let all: [Activation] = {
        let all: [Activation] = [
            .identity, .relu, .leakyRelu(slope: 0.1), .elu(alpha: 1), .gelu, .geluTanh, .silu, .softplus,
            .tanh,
            .sigmoid, .hardSigmoid, .hardTanh, .hardSwish, .softmax, .logSoftmax,
        ]
        for activation in all {
            switch activation {
            case .identity, .relu, .leakyRelu, .elu, .gelu, .geluTanh, .silu, .softplus, .tanh, .sigmoid,
                .hardSigmoid, .hardTanh, .hardSwish, .softmax, .logSoftmax:
                continue
            }
        }
        return all
    }()

    /// Those without a corner, near which central differences are no reference.
    static let smooth = all.filter { activation in
        switch activation {
        case .relu, .leakyRelu, .hardSigmoid, .hardTanh, .hardSwish: false
        default: true
        }
    }
}
