/// All that a job needs to go on from a step boundary as if nothing had happened.
///
/// A value of its own: the training loop goes on while somebody writes it to disk.
public struct TrainingSnapshot: Sendable, Equatable {
    /// The step boundary at which it was taken.
    public var cursor: TrainingCursor
    /// What the epoch under way has come to so far, so that its curve goes on exactly.
    public var epochTotals: Tally
    /// What has been seen of the metrics that the job watches.
    public var monitors: TrainingMonitors
    /// The parameters' names and shapes, in the order in which every `SnapshotBuffer` holds them.
    public var layout: [SnapshotTensor]
    /// `parameters` first, then the optimizer's state, for example `adam.m` and `adam.v`, then `ema`, the average of the
    /// weights, where the job keeps one. All are of one length.
    public var buffers: [SnapshotBuffer]
    /// SHA-256 of the trainable parameters, 64 hexadecimal digits; `ParameterLayout.digest(of:)` tells what is
    /// hashed.
    public var weightsDigest: String
    /// The values measured since the snapshot before this one.
    public var metrics: [MetricRow]

    /// A snapshot of these parts; nothing is checked here.
    public init(
        cursor: TrainingCursor, epochTotals: Tally = Tally(), monitors: TrainingMonitors = TrainingMonitors(),
        layout: [SnapshotTensor], buffers: [SnapshotBuffer], weightsDigest: String, metrics: [MetricRow]
    ) {
        self.cursor = cursor
        self.epochTotals = epochTotals
        self.monitors = monitors
        self.layout = layout
        self.buffers = buffers
        self.weightsDigest = weightsDigest
        self.metrics = metrics
    }
}

/// How far a job has come.
public struct TrainingCursor: Sendable, Codable, Hashable {
    /// Steps passed since the job began, over all epochs, those left out as not finite included.
    public var step: Int
    /// Whole epochs done.
    public var epoch: Int
    /// Samples of the epoch under way that have been used.
    public var samplesInEpoch: Int
    /// Samples used since the job began.
    public var samples: Int
    /// Updates applied since the job began: `step` less the steps left out. Adam's bias correction counts
    /// these.
    public var updates: Int

    /// The beginning of a job, if nothing is given.
    public init(step: Int = 0, epoch: Int = 0, samplesInEpoch: Int = 0, samples: Int = 0, updates: Int = 0) {
        self.step = step
        self.epoch = epoch
        self.samplesInEpoch = samplesInEpoch
        self.samples = samples
        self.updates = updates
    }
}

/// The name and the shape of one parameter in a flat buffer.
public struct SnapshotTensor: Sendable, Codable, Hashable {
    /// What it is called.
    public var name: String
    /// Its sizes, outermost axis first.
    public var shape: [Int]

    /// A parameter of this name and shape.
    public init(name: String, shape: [Int]) {
        self.name = name
        self.shape = shape
    }
}

/// One flat buffer: the parameters, or one of the optimizer's moments, one after another in layout order,
/// without gaps.
public struct SnapshotBuffer: Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// In layout order.
    public var values: [Float]

    /// A buffer of these values.
    public init(name: String, values: [Float]) {
        self.name = name
        self.values = values
    }
}
