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
        "mae_mean": { ($0["p"] - $0["t"]).abs().mean() },
        "huber_mean": { inputs in
            let delta = inputs.operation.attrs.delta ?? .nan
            let distance = (inputs["p"] - inputs["t"]).abs()
            let straight = delta * (distance - 0.5 * delta)
            return Tensor.where(distance .<= delta, 0.5 * distance.squared(), straight).mean()
        },
        "bce_prob_mean": { inputs in
            let (p, t) = (inputs["p"], inputs["t"])
            return -(t * p.log() + (1 - t) * (-p).log1p()).mean()
        },
        "bce_logits_mean": { ($0["z"].softplus() - $0["z"] * $0["t"]).mean() },
        "nll": { inputs in -(inputs["logp"] * oneHot(inputs, like: "logp")).sum(over: [-1]).mean() },
    ]

    /// Cross-entropy with smoothed labels: the target is (1 - s) one-hot + s / classes.
    static func smoothedCrossEntropy(_ inputs: GoldenInputs, _ smoothing: Float) -> Tensor {
        let z = inputs["z"]
        let target = (1 - smoothing) * oneHot(inputs, like: "z") + smoothing / Float(z.shape[1])
        return -(target * z.logSoftmax()).sum(over: [-1]).mean()
    }

    /// 1 at each row's label in input `y`, else 0.
    private static func oneHot(_ inputs: GoldenInputs, like name: String) -> Tensor {
        let classes = (0..<inputs[name].shape[1]).map { Float($0) }
        let labels = (inputs.operation.inputs["y"]?.integers ?? []).map { Float($0) }
        return Tensor(labels, shape: [labels.count, 1]) .== Tensor(classes)
    }
}
