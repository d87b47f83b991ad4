import Tensor

extension CheckedOperation {
    /// Steps of recurrent networks: what the input gives, what the state gives, and the state.
    static let recurrent: [CheckedOperation] = [
        CheckedOperation(
            "lstmStep",
            [[[2, 12], [2, 12], [2, 3]], [[1, 4], [1, 4], [1, 1]], [[0, 8], [0, 8], [0, 2]]]
        ) {
            Tensor.lstmStep(input: $0[0], hidden: $0[1], cell: $0[2])
        },
        CheckedOperation(
            "gruStep",
            [[[2, 9], [2, 9], [2, 3]], [[1, 3], [1, 3], [1, 1]], [[0, 6], [0, 6], [0, 2]]]
        ) {
            Tensor.gruStep(input: $0[0], hidden: $0[1], state: $0[2])
        },
    ]
}
