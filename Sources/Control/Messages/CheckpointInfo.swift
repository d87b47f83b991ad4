public import Foundation

/// One committed checkpoint of a job.
public struct CheckpointInfo: Codable, Sendable, Equatable {
    public var id: Int
    /// Resuming from an older checkpoint starts a new branch; the first is 0.
    public var branch: Int
    public var step: Int
    public var epoch: Int
    public var samples: Int
    public var weightsDigest: String
    /// Size of its tensors, shared chunks counted in full.
    public var bytes: Int
    /// Whether it is kept whatever `keep_last` says.
    public var pinned: Bool
    /// The newest value of every metric at that step.
    public var metrics: [String: Double]
    public var createdAt: Date

    public init(
        id: Int, branch: Int, step: Int, epoch: Int, samples: Int, weightsDigest: String, bytes: Int,
        pinned: Bool = false, metrics: [String: Double], createdAt: Date
    ) {
        self.id = id
        self.branch = branch
        self.step = step
        self.epoch = epoch
        self.samples = samples
        self.weightsDigest = weightsDigest
        self.bytes = bytes
        self.pinned = pinned
        self.metrics = metrics
        self.createdAt = createdAt
    }
}

/// The answer to `GET /v1/jobs/{job}/checkpoints`: the newest first.
public struct CheckpointList: Codable, Sendable, Equatable {
    public var checkpoints: [CheckpointInfo]
    /// How many the job has, those beyond the limit of the request included.
    public var total: Int

    public init(checkpoints: [CheckpointInfo], total: Int) {
        self.checkpoints = checkpoints
        self.total = total
    }
}
