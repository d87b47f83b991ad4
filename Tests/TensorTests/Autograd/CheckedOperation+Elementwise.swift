import Tensor

extension CheckedOperation {
    /// Elementwise functions, reductions and activations. `apart` and `spread` keep the values away from corners
    /// and ties, where a central difference is no reference.
    static let elementwise: [CheckedOperation] =
        [
            CheckedOperation("pow", one) { ($0[0] * 0.3 + 1).pow(2.5) },
            CheckedOperation("pow of a negative number", one) { ($0[0] - 2).pow(-3) },
            CheckedOperation("pow of a tensor", two) { ($0[0] + 2).pow($0[1]) },
            CheckedOperation("log", one) { ($0[0] + 2).log() },
            CheckedOperation("log1p", one) { ($0[0] + 1.2).log1p() },
            CheckedOperation("erf", one) { $0[0].erf() },
            CheckedOperation("abs", one) { apart($0[0], by: 2.5).abs() },
            CheckedOperation("minimum", two) { Tensor.minimum(apart($0[0], by: 2.5), $0[1]) },
            CheckedOperation("maximum", two) { Tensor.maximum($0[0], apart($0[1], by: 2.5)) },
            CheckedOperation("clip", one) { apart($0[0], by: 2.5).clip(min: -1.25, max: 1.25) },
            CheckedOperation("where", two) { Tensor.where(apart($0[0], by: 2.5) .> 0, $0[0], $0[1]) },
            CheckedOperation("where, by one condition for all", two) {
                Tensor.where(Tensor([0], shape: [1, 1, 1]), $0[0].exp(), $0[1].exp())
            },
            CheckedOperation("mean", valued) { $0[0].mean() },
            CheckedOperation("mean over the last axis", ranked) { $0[0].mean(over: [-1]) },
            CheckedOperation("variance", valued) { $0[0].variance() },
            CheckedOperation("variance over outer axes", outer) {
                $0[0].variance(over: [0, 2], unbiased: true, keepingAxes: true)
            },
            CheckedOperation("centred", ranked) { $0[0].centred(over: [0]) },
            CheckedOperation("max", valued) { spread($0[0]).max() },
            CheckedOperation("max over outer axes", outer) { spread($0[0]).max(over: [0, 2]) },
            CheckedOperation("min over the first axis", firstValued) {
                spread($0[0]).min(over: [0], keepingAxes: true)
            },
            CheckedOperation("logSumExp", one) { $0[0].logSumExp() },
            CheckedOperation("logSumExp over outer axes", outer) { $0[0].logSumExp(over: [0, -1]) },
            CheckedOperation("softmax over the first axis", ranked) { $0[0].softmax(axis: 0) },
            CheckedOperation("logSoftmax", ranked) { $0[0].logSoftmax() },
            CheckedOperation("logSoftmax over the first axis", ranked) { $0[0].logSoftmax(axis: 0) },
            CheckedOperation("leakyRelu", one) { apart($0[0], by: 2.5).leakyRelu(slope: 0.1) },
            CheckedOperation("elu", one) { apart($0[0], by: 2.5).elu(alpha: 1.3) },
            CheckedOperation("gelu", one) { ($0[0] * 2).gelu() },
            CheckedOperation("geluTanh", one) { ($0[0] * 2).geluTanh() },
            CheckedOperation("silu", one) { ($0[0] * 2).silu() },
            CheckedOperation("softplus", one) { ($0[0] * 2).softplus() },
            CheckedOperation("hardSigmoid", one) { apart($0[0], by: 5).hardSigmoid() },
            CheckedOperation("hardTanh", one) { apart($0[0] * 0.9, by: 2.5).hardTanh() },
            CheckedOperation("hardSwish", one) { apart($0[0], by: 5).hardSwish() },
        ]
        + Activation.smooth.map { activation in
            CheckedOperation("dense, \(activation)", dense) {
                Tensor.dense($0[0], weight: $0[1], bias: $0[2], activation: activation)
            }
        }

    private static let valued = one.filter { $0[0].count > 0 }
    private static let ranked = one.filter { $0[0].rank > 0 }
    private static let firstValued = ranked.filter { $0[0][0] > 0 }
    private static let outer: [[Tensor.Shape]] = [[[2, 3, 4]], [[2, 1, 3]], [[1, 5, 2]], [[2, 0, 3]]]

    /// x, x + distance, x - distance, x, … in turn.
    private static func apart(_ x: Tensor, by distance: Float) -> Tensor {
        x + Tensor((0..<x.count).map { Float(($0 + 1) % 3 - 1) * distance }, shape: x.shape)
    }

    /// Values from -1 to 1 made so that no two of up to 23 are nearer than 1/4.
    private static func spread(_ x: Tensor) -> Tensor {
        x * 0.25 + Tensor((0..<x.count).map { Float($0 * 7 % 23) * 0.75 }, shape: x.shape)
    }
}
