/// All there is about one checkpoint but its values: the answer to `GET /v1/jobs/{job}/checkpoints/{id}`. Its JSON has
/// the keys of a ``CheckpointInfo`` and more.
public struct CheckpointDetails: Sendable, Equatable {
    public var info: CheckpointInfo
    /// Bytes that no other checkpoint has; so many become free when it is removed.
    public var ownBytes: Int
    /// `parameters`, then the optimizer's state.
    public var buffers: [String]
    /// What each buffer holds.
    public var tensors: [Tensor]

    /// One tensor's name and shape.
    public struct Tensor: Codable, Sendable, Equatable {
        public var name: String
        public var shape: [Int]

        public init(name: String, shape: [Int]) {
            self.name = name
            self.shape = shape
        }
    }

    public init(info: CheckpointInfo, ownBytes: Int, buffers: [String], tensors: [Tensor]) {
        self.info = info
        self.ownBytes = ownBytes
        self.buffers = buffers
        self.tensors = tensors
    }
}

extension CheckpointDetails: Codable {
    private enum CodingKeys: String, CodingKey {
        case ownBytes, buffers, tensors
    }

    public init(from decoder: any Decoder) throws {
        info = try CheckpointInfo(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        ownBytes = try container.decode(Int.self, forKey: .ownBytes)
        buffers = try container.decode([String].self, forKey: .buffers)
        tensors = try container.decode([Tensor].self, forKey: .tensors)
    }

    public func encode(to encoder: any Encoder) throws {
        try info.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ownBytes, forKey: .ownBytes)
        try container.encode(buffers, forKey: .buffers)
        try container.encode(tensors, forKey: .tensors)
    }
}
