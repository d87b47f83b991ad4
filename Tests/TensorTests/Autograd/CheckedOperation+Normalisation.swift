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
        CheckedOperation("normalizedRows", rows.map { [$0] }) {
            $0[0].normalizedRows(of: $0[0].shape[1], epsilon: 0.5)
        },
        CheckedOperation("normalizedRows, not centred", rows.map { [$0] }) {
            $0[0].normalizedRows(of: $0[0].shape[1], epsilon: 0.5, isCentred: false)
        },
        CheckedOperation("rowNorm, not centred and only scaled", rows.map { [$0, [$0[1]]] }) {
            $0[0].rowNorm(
                of: $0[1].count, epsilon: 0.5, isCentred: false, scale: $0[1], shift: nil)
        },
        CheckedOperation(
            "channelAffine",
            [[2, 3, 4], [5, 3, 1], [1, 11, 1], [0, 3, 2]].map { [$0, [$0[1]], [$0[1]]] }
        ) {
            $0[0].channelAffine(axis: 1, weight: $0[1], bias: $0[2])
        },
        CheckedOperation("channelAffine, centred, of the last axis", [[[3, 11], [11]], [[2, 2, 1], [1]]]) {
            $0[0].channelAffine(
                axis: $0[0].shape.rank - 1, centre: .wave($0[1].shape, phase: 2), weight: $0[1])
        },
    ]

    private static let rows: [Tensor.Shape] = [[4, 3], [2, 11], [3, 1], [0, 3]]
}
