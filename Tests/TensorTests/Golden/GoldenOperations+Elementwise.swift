import Tensor
import TestSupport

extension GoldenOperation {
    /// Activations, powers, reductions, and losses made of them.
    static let elementwise: [String: @Sendable (GoldenInputs) -> Tensor] = [
        "leaky_relu": { $0["x"].leakyRelu(slope: $0.operation.attrs.slope ?? .nan) },
        "elu": { $0["x"].elu(alpha: $0.operation.attrs.alpha ?? .nan) },
        "softplus": { $0["x"].softplus() },
        "silu": { $0["x"].silu() },
        "gelu_erf": { $0["x"].gelu() },
        "gelu_tanh": { $0["x"].geluTanh() },
        "log_softmax": { $0["x"].logSoftmax() },
        "log": { $0["x"].log() },
        "pow_const": { $0["x"].pow($0.operation.attrs.e ?? .nan) },
        "mean_axis": { $0["x"].mean(over: [$0.operation.attrs.axis ?? 9]) },
        "max_axis": { $0["x"].max(over: [$0.operation.attrs.axis ?? 9]) },
        "logsumexp_axis": { $0["x"].logSumExp(over: [$0.operation.attrs.axis ?? 9]) },
        "bce_prob_mean": { inputs in
            let (p, t) = (inputs["p"], inputs["t"])
            return -(t * p.log() + (1 - t) * (-p).log1p()).mean()
        },
    ]
}
