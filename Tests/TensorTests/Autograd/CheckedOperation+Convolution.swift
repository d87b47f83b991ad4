import Tensor

extension CheckedOperation {
    private static let images: [[Tensor.Shape]] = [
        [[2, 2, 3, 4], [2, 2, 2, 3], [2]], [[1, 1, 3, 3], [1, 1, 1, 1], [1]],
        [[0, 1, 2, 2], [2, 1, 2, 2], [2]],
        [[1, 0, 2, 2], [1, 0, 1, 2], [1]], [[1, 2, 1, 1], [1, 2, 1, 1], [1]],
    ]
    private static let planes: [[Tensor.Shape]] = [
        [[1, 2, 5, 4]], [[2, 1, 3, 3]], [[0, 2, 3, 3]], [[2, 0, 4, 3]],
    ]
    private static let lines: [[Tensor.Shape]] = [[[2, 2, 7]], [[1, 1, 3]], [[0, 2, 3]]]

    static let convolutions: [CheckedOperation] = [
        CheckedOperation("convolution", images) { Tensor.conv2d($0[0], weight: $0[1], bias: $0[2]) },
        CheckedOperation("convolution that fills a vector", [[[2, 2, 4, 5], [9, 2, 3, 3], [9]]]) {
            Tensor.conv2d($0[0], weight: $0[1], bias: $0[2], padding: (1, 1), activation: .tanh)
        },
        CheckedOperation(
            "convolution with a stride that fills a vector, both ways", [[[1, 4, 4, 3], [4, 4, 2, 3], [4]]]
        ) {
            Tensor.conv2d($0[0], weight: $0[1], bias: $0[2], stride: (2, 2), padding: (1, 1))
        },
        CheckedOperation("convolution and max pool", [[[2, 1, 3, 5], [9, 1, 2, 2], [9]]]) {
            Tensor.conv2dMaxPool($0[0], weight: $0[1] * 3, bias: $0[2])
        },
        CheckedOperation("convolution with stride, padding, dilation", images) {
            Tensor.conv2d(
                $0[0], weight: $0[1], bias: $0[2], stride: (2, 1), padding: (1, 2), dilation: (1, 2))
        },
        CheckedOperation(
            "conv2d in groups", [[[2, 4, 3, 3], [4, 2, 2, 2]], [[1, 2, 2, 2], [2, 1, 1, 1]]]
        ) {
            Tensor.conv2d($0[0], weight: $0[1], groups: 2)
        },
        CheckedOperation(
            "conv1d",
            [[[2, 2, 5], [3, 2, 3], [3]], [[1, 1, 1], [1, 1, 1], [1]], [[0, 1, 3], [1, 1, 2], [1]]]
        ) { Tensor.conv1d($0[0], weight: $0[1], bias: $0[2], stride: 2, padding: 1) },
        CheckedOperation(
            "transposed convolution",
            [
                [[2, 2, 2, 3], [2, 3, 2, 2], [3]], [[1, 1, 1, 1], [1, 1, 1, 1], [1]],
                [[0, 1, 2, 2], [1, 1, 2, 1], [1]], [[1, 2, 2, 1], [2, 1, 3, 2], [1]],
            ]
        ) {
            Tensor.transposedConv2d(
                $0[0], weight: $0[1], bias: $0[2], stride: (2, 3), outputPadding: (1, 2))
        },
        CheckedOperation("transposed convolution, cut off, in groups", [[[1, 4, 3, 2], [4, 1, 3, 2], [2]]]) {
            Tensor.transposedConv2d(
                $0[0], weight: $0[1], bias: $0[2], padding: (1, 0), dilation: (1, 2), groups: 2)
        },
        CheckedOperation("max pool 2d", planes) { ($0[0] * 3).maxPool2d(kernel: (2, 2)) },
        CheckedOperation("max pool 2d, overlapping", planes) {
            $0[0].maxPool2d(kernel: (3, 2), stride: (1, 1), padding: (1, 1))
        },
        CheckedOperation("max pool 1d", lines) { $0[0].maxPool1d(kernel: 3, stride: 2, padding: 1) },
        CheckedOperation("average pool 2d", planes) {
            $0[0].averagePool2d(kernel: (3, 2), stride: (2, 1), padding: (1, 1))
        },
        CheckedOperation("average pool 2d of real cells", planes) {
            $0[0].averagePool2d(kernel: (3, 2), stride: (2, 1), padding: (1, 1), countingPadding: false)
        },
        CheckedOperation("average pool 1d", lines) { $0[0].averagePool1d(kernel: 2, padding: 1) },
        CheckedOperation("global average pool", planes + lines) { $0[0].globalAveragePool() },
        // Shapes whose two largest numbers differ by more than the step of the differences.
        CheckedOperation("global max pool", [[[1, 2, 3, 4]], [[2, 1, 3, 3]], [[0, 2, 3, 3]]] + lines) {
            $0[0].globalMaxPool()
        },
    ]
}
