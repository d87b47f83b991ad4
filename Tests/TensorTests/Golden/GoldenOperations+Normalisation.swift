import Tensor

extension GoldenOperation {
    static let normalisationEvaluators: [String: @Sendable (GoldenInputs) -> Tensor] = [
        "batchnorm_train": { inputs in
            Tensor.batchNorm(
                inputs["x"], scale: inputs["gamma"], shift: inputs["beta"],
                epsilon: Double(inputs.operation.attrs.eps ?? .nan)
            ).result
        },
        "layernorm": { inputs in
            Tensor.layerNorm(
                inputs["x"], scale: inputs["gamma"], shift: inputs["beta"],
                epsilon: Double(inputs.operation.attrs.eps ?? .nan))
        },
    ]
}
