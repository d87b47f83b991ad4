import Tensor

extension CheckedOperation {
    /// An epsilon that is not small keeps the curvature, and so the error of the differences, within bounds.
    static let normalisations: [CheckedOperation] = [
        CheckedOperation(
            "batchNorm",
            [[[4, 3], [3], [3]], [[2, 2, 3, 2], [2], [2]], [[1, 2, 9], [2], [2]], [[1, 1], [1], [1]]]
        ) { Tensor.batchNorm($0[0], scale: $0[1], shift: $0[2], epsilon: 0.5).result },
        CheckedOperation(
            "layerNorm",
            [[[4, 3], [3], [3]], [[2, 1, 9], [9], [9]], [[3, 1], [1], [1]], [[0, 3], [3], [3]]]
        ) {
            Tensor.layerNorm($0[0], scale: $0[1], shift: $0[2], epsilon: 0.5)
        },
        CheckedOperation(
            "layerNorm over two axes", [[[2, 2, 5], [2, 5], [2, 5]], [[2, 3], [2, 3], [2, 3]]]
        ) {
            Tensor.layerNorm($0[0], scale: $0[1], shift: $0[2], epsilon: 0.5)
        },
    ]
}
