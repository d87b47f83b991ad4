import Tensor
import TestSupport
import Testing

/// One operation of golden_ops.json.
struct GoldenOperation: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let op: String
    let attrs: Attributes
    let inputs: [String: NumberArray]
    let outputs: [String: NumberArray]
    let upstream: [String: NumberArray]
    let grads: [String: NumberArray]

    struct Attributes: Decodable, Sendable {
        let axis: Int?
        let eps: Float?
        let p: Float?
        let reduction: String?
        let label_smoothing: Float?
        let slope: Float?
        let alpha: Float?
        let delta: Float?
        let e: Float?
        let stride: [Int]?
        let padding: [Int]?
        let kernel: [Int]?
        let count_include_pad: Bool?
        let act: String?
        let causal: Bool?
        let heads: Int?
    }

    var testDescription: String { id }

    /// Every case of the file.
    static func all() throws -> [GoldenOperation] {
        struct File: Decodable { let cases: [GoldenOperation] }
        return try Fixture.decode("golden/golden_ops.json", as: File.self).cases
    }

    /// The cases with one output that counts.
    static func covered() throws -> [GoldenOperation] {
        try all().filter { evaluators[$0.op] != nil }
    }

    /// The first output of an operation, as a user would write it.
    static let evaluators = [
        elementwise, shapeEvaluators, convolutionEvaluators, normalisationEvaluators,
    ].reduce(basic) {
        $0.merging($1) { _, _ in preconditionFailure("an operation has two evaluators") }
    }
}

/// What an evaluator gets: the inputs as tensors, and the case for its labels and attributes.
struct GoldenInputs {
    let tensors: [String: Tensor]
    let operation: GoldenOperation

    subscript(name: String) -> Tensor { tensors[name] ?? Tensor(.nan) }
}

extension GoldenOperation {
    /// Arithmetic, and layers and losses made of it.
    static let basic: [String: @Sendable (GoldenInputs) -> Tensor] = [
        "relu": { $0["x"].relu() },
        "sigmoid": { $0["x"].sigmoid() },
        "tanh": { $0["x"].tanh() },
        "softmax": { $0["x"].softmax() },
        "mse_mean": { Tensor.squaredError($0["p"], target: $0["t"]) / Float($0["p"].count) },
        "mse_half_mean": { Tensor.squaredError($0["p"], target: $0["t"]) / Float(2 * $0["p"].count) },
        "mse_half_batch": { Tensor.squaredError($0["p"], target: $0["t"]) / Float(2 * $0["p"].shape[0]) },
        "mse_sum": { Tensor.squaredError($0["p"], target: $0["t"]) },
        "mae_mean": { Tensor.absoluteError($0["p"], target: $0["t"]) / Float($0["p"].count) },
        "huber_mean": {
            let delta = $0.operation.attrs.delta ?? .nan
            return Tensor.huberLoss($0["p"], target: $0["t"], delta: delta) / Float($0["p"].count)
        },
        "bce_logits_mean": { Tensor.binaryCrossEntropy($0["z"], target: $0["t"]) / Float($0["z"].count) },
        "nll": { inputs in
            let labels = inputs.operation.inputs["y"]?.integers ?? []
            return Tensor.negativeLogLikelihood(inputs["logp"], labels: labels) / Float(labels.count)
        },
        "ce_logits": { inputs in
            let labels = inputs.operation.inputs["y"]?.integers ?? []
            let z = inputs["z"]
            var sum = Tensor.softmaxCrossEntropy(z, labels: labels)
            if let smoothing = inputs.operation.attrs.label_smoothing {
                let target = Tensor.oneHot(labels, like: z) * (1 - smoothing) + smoothing / Float(z.shape[1])
                sum = Tensor.softmaxCrossEntropy(z, targets: target)
            }
            return inputs.operation.attrs.reduction == "sum" ? sum : sum / Float(labels.count)
        },
        "dense": { Tensor.dense($0["x"], weight: $0["W"], bias: $0["b"]) },
        "batchnorm_eval": { scaled($0["x"] - $0["running_mean"], by: $0["running_var"], $0) },
        "rmsnorm": { inputs in
            let x = inputs["x"]
            let eps = inputs.operation.attrs.eps ?? .nan
            return x / (mean(x.squared(), over: [1]) + eps).squareRoot() * inputs["gamma"]
        },
        "dropout_with_mask": { $0["x"].dropout(mask: $0["mask"] / (1 - ($0.operation.attrs.p ?? .nan))) },
        "add_broadcast": { $0["a"] + $0["b"] },
        "mul_broadcast": { $0["a"] * $0["b"] },
        "exp": { $0["x"].exp() },
        "sqrt": { $0["x"].squareRoot() },
        "sum_axis": { $0["x"].sum(over: [$0.operation.attrs.axis ?? 9]) },
        "graph_multiuse": { inputs in
            let (x, weight) = (inputs["x"], inputs["W"])
            let h = x.matmul(weight)
            return h + x * h.tanh() + h.matmul(weight)
        },
    ]

    private static func mean(_ x: Tensor, over axes: Set<Int>) -> Tensor {
        let sum = x.sum(over: axes, keepingAxes: true)
        return sum / Float(x.count / sum.count)
    }

    /// centred / sqrt(variance + eps) * gamma + beta, along axis 1.
    private static func scaled(_ centred: Tensor, by variance: Tensor, _ inputs: GoldenInputs) -> Tensor {
        let perChannel = Tensor.Shape(
            centred.shape.sizes.enumerated().map { $0.offset == 1 ? $0.element : 1 })
        let deviation = (variance + (inputs.operation.attrs.eps ?? .nan)).squareRoot()
        return centred / deviation.reshaped(perChannel) * inputs["gamma"].reshaped(perChannel)
            + inputs["beta"].reshaped(perChannel)
    }
}
