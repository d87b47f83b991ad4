/// How two checkpoints of a job differ: the answer to `GET /v1/jobs/{job}/checkpoints/{id}/diff/{other}`.
public struct CheckpointDifference: Codable, Sendable, Equatable {
    public var first: JobStatus.CheckpointReference
    public var second: JobStatus.CheckpointReference
    /// Whether the trainable weights are the same to the last bit.
    public var equalDigests: Bool
    /// In the order of the buffers, and of the tensors in each.
    public var tensors: [Tensor]

    /// One tensor in one buffer.
    public struct Tensor: Codable, Sendable, Equatable {
        /// `parameters`, or a part of the optimizer's state.
        public var buffer: String
        public var name: String
        /// Whether all bits are the same.
        public var equal: Bool
        /// The largest absolute difference of two values.
        public var largest: Double
        /// The root of the mean square of the differences.
        public var rootMeanSquare: Double

        public init(buffer: String, name: String, equal: Bool, largest: Double, rootMeanSquare: Double) {
            self.buffer = buffer
            self.name = name
            self.equal = equal
            self.largest = largest
            self.rootMeanSquare = rootMeanSquare
        }
    }

    public init(
        first: JobStatus.CheckpointReference, second: JobStatus.CheckpointReference, equalDigests: Bool,
        tensors: [Tensor]
    ) {
        self.first = first
        self.second = second
        self.equalDigests = equalDigests
        self.tensors = tensors
    }
}
