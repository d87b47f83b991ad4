import Tensor

extension CheckedOperation {
    private static let rows: [[Tensor.Shape]] = [[[3, 2]], [[3, 1]], [[3, 2, 2]], [[3, 0]], [[3]]]
    private static let pairs: [[Tensor.Shape]] = [
        [[2, 3], [2, 3]], [[1, 3], [2, 3]], [[0, 3], [2, 3]], [[2, 1, 2], [3, 1, 2]],
    ]

    static let shapes: [CheckedOperation] = [
        CheckedOperation("permute", [[[2, 3, 4]], [[1, 3, 2]], [[2, 1, 1]], [[0, 2, 3]]]) {
            $0[0].permuted([2, 0, 1])
        },
        CheckedOperation("transpose of two axes", [[[2, 3, 4]], [[2, 1, 3]], [[2, 3, 0]]]) {
            $0[0].transposed(0, 2)
        },
        CheckedOperation("flatten", [[[2, 3, 2]], [[1, 1, 1]], [[2, 0, 3]]]) { $0[0].flattened(from: 1) },
        CheckedOperation("concatenate", pairs) { Tensor.concatenated($0, axis: 0) },
        CheckedOperation("stack", [[[2, 3], [2, 3]], [[1], [1]], [[], []], [[0, 2], [0, 2]]]) {
            Tensor.stacked([$0[0], $0[1], $0[0]], axis: 0)
        },
        CheckedOperation("stack behind", [[[2, 3], [2, 3]], [[1], [1]], [[0], [0]]]) {
            Tensor.stacked($0, axis: 1)
        },
        CheckedOperation("slice", rows) { $0[0].sliced(axis: 0, range: 1..<3) },
        CheckedOperation("slice within", [[[2, 3]], [[1, 3, 2]], [[0, 3]], [[2, 3, 0]]]) {
            $0[0].sliced(axis: 1, range: 0..<2)
        },
        CheckedOperation("select", rows) { $0[0].selected(axis: 0, index: 1) },
        CheckedOperation("split", [[[2, 4]], [[1, 2, 3]], [[0, 2]]]) { inputs in
            let parts = inputs[0].split(into: 2, axis: 1)
            return parts[0] * parts[1].squared()
        },
        CheckedOperation("unstack", rows) { inputs in
            inputs[0].unstacked().reduce(Tensor(1)) { $0 * ($1 + 2) }
        },
        CheckedOperation("pad", [[[2, 3]], [[1, 1]], [[0, 2]]]) {
            $0[0].padded(before: [1, 0], after: [2, 1], value: 3)
        },
        CheckedOperation("crop", [[[4, 3]], [[3, 1]], [[5, 0]]]) {
            $0[0].cropped(before: [1, 0], after: [2, 0])
        },
        CheckedOperation("gather", rows) { $0[0].gathered(indices: [2, 0, 2, 2]) },
        CheckedOperation("gather nothing", rows) { $0[0].gathered(indices: []) },
        CheckedOperation("gather within", [[[2, 3]], [[1, 3, 2]], [[0, 3]]]) {
            $0[0].gathered(indices: [1, 1, 0], axis: 1)
        },
        CheckedOperation("scatterAdd", rows) { $0[0].scatterAdded(indices: [1, 4, 1], count: 5) },
        CheckedOperation("dropout", [[[2, 3]], [[1]], [[0, 2]]]) { inputs in
            let key = Philox(seed: 1, purpose: .dropout)
            return inputs[0].dropout(mask: .dropoutMask(shape: inputs[0].shape, rate: 0.4, key: key))
        },
        CheckedOperation(
            "batched matmul",
            [
                [[2, 3, 4], [2, 4, 2]], [[2, 3, 4], [4, 2]], [[3, 4], [2, 4, 2]],
                [[2, 1, 3, 2], [2, 2, 1]],
                [[1, 3, 2], [2, 2, 2]], [[2, 0, 3], [2, 3, 2]], [[2, 3, 0], [2, 0, 2]],
                [[0, 2, 3], [3, 2]],
                [[0, 2, 3], [1, 3, 2]], [[1, 1, 1], [1, 1, 1]],
            ]
        ) { $0[0].matmul($0[1]) },
        CheckedOperation(
            "matmul, left transposed", [[[4, 3], [4, 2]], [[2, 4, 3], [4, 2]], [[0, 2, 3], [2, 1]]]
        ) { $0[0].matmul($0[1], transposingA: true) },
        CheckedOperation(
            "matmul, right transposed", [[[3, 4], [2, 4]], [[3, 4], [2, 1, 4]], [[0, 1, 3], [2, 3]]]
        ) { $0[0].matmul($0[1], transposingB: true) },
        CheckedOperation("matmul, both transposed", [[[4, 3], [2, 4]], [[2, 4, 3], [1, 2, 4]]]) {
            $0[0].matmul($0[1], transposingA: true, transposingB: true)
        },
        CheckedOperation("matmul with itself", [[[3, 3]], [[2, 2, 2]]]) {
            $0[0].matmul($0[0], transposingB: true)
        },
    ]
}
