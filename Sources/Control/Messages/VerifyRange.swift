public import Spec

/// Which stretch of a job is trained again, as the query of `GET /v1/jobs/{job}/verify` says it: `from` (an id or
/// `start`), `to` and `workers`.
public struct VerifyRange: Sendable, Equatable {
    /// The checkpoint to train from; nil for the initial weights.
    public var from: Int?
    /// The checkpoint to come to.
    public var to: Int
    /// Nil for as many as the job has.
    public var workers: WorkerCount?

    public init(from: Int?, to: Int, workers: WorkerCount? = nil) {
        self.from = from
        self.to = to
        self.workers = workers
    }
}

/// Whether a checkpoint is what was once stored.
public struct CheckpointCheck: Codable, Sendable, Equatable {
    public var id: Int
    public var branch: Int
    public var step: Int
    public var whole: Bool
    /// What is wrong with it; null where nothing is.
    @ExplicitNull public var damage: String?

    public init(id: Int, branch: Int, step: Int, damage: String? = nil) {
        self.id = id
        self.branch = branch
        self.step = step
        whole = damage == nil
        self.damage = damage
    }
}

/// What the checks of all checkpoints came to.
public struct VerifySummary: Codable, Sendable, Equatable {
    public var checkpoints: Int
    public var damaged: Int
    /// The newest whole checkpoint on the way of the job's branch; null where there is none.
    @ExplicitNull public var goesOnFrom: JobStatus.CheckpointReference?

    public init(checkpoints: Int, damaged: Int, goesOnFrom: JobStatus.CheckpointReference?) {
        self.checkpoints = checkpoints
        self.damaged = damaged
        self.goesOnFrom = goesOnFrom
    }
}

/// How far the training of a stretch has come.
public struct VerifyProgress: Codable, Sendable, Equatable {
    public var step: Int
    public var fromStep: Int
    public var toStep: Int
    @ExplicitNull public var samplesPerSecond: Double?

    public init(step: Int, fromStep: Int, toStep: Int, samplesPerSecond: Double? = nil) {
        self.step = step
        self.fromStep = fromStep
        self.toStep = toStep
        self.samplesPerSecond = samplesPerSecond
    }
}

/// Whether a stretch that was trained again came to the checkpoint at its end.
public struct VerifyComparison: Codable, Sendable, Equatable {
    /// Null for the initial weights.
    @ExplicitNull public var from: JobStatus.CheckpointReference?
    public var to: JobStatus.CheckpointReference
    public var workers: Int
    public var equal: Bool
    /// The first buffer that differs: `parameters`, `adam.m`, …; null where all are equal.
    @ExplicitNull public var buffer: String?
    /// The first tensor in it that differs.
    @ExplicitNull public var tensor: String?
    /// Of the weights that were stored.
    public var weightsDigest: String

    public init(
        from: JobStatus.CheckpointReference?, to: JobStatus.CheckpointReference, workers: Int,
        buffer: String? = nil, tensor: String? = nil, weightsDigest: String
    ) {
        self.from = from
        self.to = to
        self.workers = workers
        equal = buffer == nil
        self.buffer = buffer
        self.tensor = tensor
        self.weightsDigest = weightsDigest
    }
}
