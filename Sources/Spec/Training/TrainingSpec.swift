/// How long to train, and how a minibatch is cut up.
public struct TrainingSpec: Sendable, Equatable {
    /// When training is over.
    public var length: Length
    /// Samples a step, over all workers; the last batch of an epoch may be smaller.
    public var batchSize: Int
    /// Logical pieces of a minibatch, part of the arithmetic; nil stands for the default, a function of batch
    /// size and parameter count.
    public var shards: Int?
    /// Worker actors, which change the speed and nothing else.
    public var workers: WorkerCount
    /// What happens at a loss or gradient that is not finite.
    public var onNonfinite: NonfinitePolicy
    /// The L2 norm over all gradients that is not passed: larger ones are scaled down to it; nil for no limit.
    public var clipNorm: Double?
    /// The size of a gradient's element that is not passed; nil for no limit. Not beside `clipNorm`.
    public var clipValue: Double?
    /// The average of the weights that the job is scored with; nil scores the weights themselves.
    public var ema: EMASpec?
    /// When training ends before its last step; nil for never.
    public var earlyStopping: EarlyStoppingSpec?

    /// Passes over the training samples, or minibatches; at least 1.
    public enum Length: Sendable, Equatable {
        case epochs(Int)
        case steps(Int)
    }

    /// A training of this length; all else has the defaults of a job file.
    public init(
        length: Length, batchSize: Int = 32, shards: Int? = nil, workers: WorkerCount = .auto,
        onNonfinite: NonfinitePolicy = .stop, clipNorm: Double? = nil, clipValue: Double? = nil,
        ema: EMASpec? = nil, earlyStopping: EarlyStoppingSpec? = nil
    ) {
        self.length = length
        self.batchSize = batchSize
        self.shards = shards
        self.workers = workers
        self.onNonfinite = onNonfinite
        self.clipNorm = clipNorm
        self.clipValue = clipValue
        self.ema = ema
        self.earlyStopping = earlyStopping
    }
}

/// A number of worker actors, or as many as the machine gives.
public enum WorkerCount: Sendable, Equatable {
    case auto
    case count(Int)
}

/// What happens when a loss or a gradient is not a finite number. Such a step is never applied.
public enum NonfinitePolicy: String, Sendable, Codable, CaseIterable {
    /// The job fails at its last good step.
    case stop
    /// The step is left out and training goes on.
    case skip
}
