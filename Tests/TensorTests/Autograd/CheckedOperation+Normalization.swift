import Tensor

extension CheckedOperation {
    /// Seen as [outer, groups, inner]: features, images, rows; groups of one value and none at all.
    private static let sizes: [Tensor.Shape] = [[5, 3, 1], [2, 3, 4], [1, 4, 11], [3, 1, 9], [1, 3, 1], [0, 3, 2]]

    static let normalizations = [
        CheckedOperation("normalized", sizes.map { [$0] }) { normalized($0[0], isCentred: true) },
        CheckedOperation("normalized, not centred", sizes.map { [$0] }) { normalized($0[0], isCentred: false) },
        CheckedOperation("channelAffine", sizes.map { [$0, [$0[1]], [$0[1]]] }) {
            $0[0].channelAffine(axis: 1, weight: $0[1], bias: $0[2])
        },
        CheckedOperation("channelAffine, centred, of the last axis", sizes.map { [$0, [$0[2]]] }) {
            $0[0].channelAffine(axis: 2, centre: .wave($0[1].shape, phase: 2), weight: $0[1])
        },
    ]

    private static func normalized(_ x: Tensor, isCentred: Bool) -> Tensor {
        x.normalized(
            outer: x.shape[0], groups: x.shape[1], inner: x.shape[2], epsilon: 0.1, isCentred: isCentred
        ).output
    }
}
