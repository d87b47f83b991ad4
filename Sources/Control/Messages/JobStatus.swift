public import Foundation

/// All that `nnctl status JOB --json` shows. Absent values are `null`, never left out.
public struct JobStatus: Codable, Sendable, Equatable {
    public var id: Int
    public var name: String
    public var state: JobState
    /// Why the job is in this state, when that needs saying: an error, `disk full`, `asked to stop`.
    @ExplicitNull public var reason: String?
    /// Who started it; null only in answers of an earlier daemon.
    @ExplicitNull public var owner: Owner?
    /// Whether a paused job goes on by itself, once what its reason names is over.
    public var held: Bool
    /// Whole epochs done.
    public var epoch: Int
    /// Epochs in all; null when the job's length is given in steps.
    @ExplicitNull public var totalEpochs: Int?
    /// Steps passed.
    public var step: Int
    /// Samples used, over all epochs.
    public var samples: Int
    public var totalSteps: Int
    /// Higher ones are run first.
    public var priority: Int
    /// How often the job was run again by itself since its last checkpoint, or since somebody started or resumed it.
    public var restarts: Int
    /// How often it may be.
    public var maxRestarts: Int
    /// Worker actors now, or when the job last ran.
    public var workers: Int
    /// Processes that train it together; null for a part of the daemon's own.
    @ExplicitNull public var ranks: Int?
    public var shards: Int
    public var batchSize: Int
    /// Over the last seconds; null when not running.
    @ExplicitNull public var samplesPerSecond: Double?
    @ExplicitNull public var etaSeconds: Double?
    /// Training loss: the mean over the epoch under way so far.
    @ExplicitNull public var loss: Double?
    /// The newest value of every metric, by name (`accuracy`, `val_loss`, `val_accuracy`).
    public var metrics: [String: Double]
    /// Digest of the weights in `lastCheckpoint`; of the final weights once the job has ended.
    @ExplicitNull public var weightsDigest: String?
    @ExplicitNull public var lastCheckpoint: CheckpointReference?
    public var createdAt: Date
    @ExplicitNull public var startedAt: Date?
    @ExplicitNull public var finishedAt: Date?
    /// What resumes have changed in the spec, or in the data and the machine that the job runs on, the oldest first.
    public var revisions: [Revision]

    public init(
        id: Int, name: String, state: JobState, reason: String? = nil, owner: Owner? = nil,
        held: Bool = false,
        epoch: Int = 0,
        totalEpochs: Int? = nil, step: Int = 0, samples: Int = 0, totalSteps: Int, priority: Int = 0,
        restarts: Int = 0, maxRestarts: Int = 0, workers: Int, ranks: Int? = nil, shards: Int,
        batchSize: Int,
        samplesPerSecond: Double? = nil, etaSeconds: Double? = nil, loss: Double? = nil,
        metrics: [String: Double] = [:], weightsDigest: String? = nil,
        lastCheckpoint: CheckpointReference? = nil,
        createdAt: Date, startedAt: Date? = nil, finishedAt: Date? = nil, revisions: [Revision] = []
    ) {
        self.id = id
        self.name = name
        self.state = state
        self.reason = reason
        self.owner = owner
        self.held = held
        self.epoch = epoch
        self.totalEpochs = totalEpochs
        self.step = step
        self.samples = samples
        self.totalSteps = totalSteps
        self.priority = priority
        self.restarts = restarts
        self.maxRestarts = maxRestarts
        self.workers = workers
        self.ranks = ranks
        self.shards = shards
        self.batchSize = batchSize
        self.samplesPerSecond = samplesPerSecond
        self.etaSeconds = etaSeconds
        self.loss = loss
        self.metrics = metrics
        self.weightsDigest = weightsDigest
        self.lastCheckpoint = lastCheckpoint
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.revisions = revisions
    }

    /// Whether nothing more will happen unless somebody asks for it.
    public var isAtRest: Bool { state.isTerminal || (state == .paused && !held) }

    /// A user of the system.
    public struct Owner: Codable, Sendable, Equatable {
        public var uid: Int
        /// null where the system knows no name.
        @ExplicitNull public var name: String?

        public init(uid: Int, name: String?) {
            self.uid = uid
            self.name = name
        }
    }

    /// A checkpoint as a status names it.
    public struct CheckpointReference: Codable, Sendable, Equatable {
        public var id: Int
        public var step: Int

        public init(id: Int, step: Int) {
            self.id = id
            self.step = step
        }
    }

    /// One change of what decides a job's weights.
    public struct Revision: Codable, Sendable, Equatable {
        /// Counted from 1.
        public var number: Int
        /// The branch that it began.
        public var branch: Int
        /// `key=value` each, as they were written; `other data or instruction set` where that was accepted.
        public var changes: [String]
        public var at: Date

        public init(number: Int, branch: Int, changes: [String], at: Date) {
            self.number = number
            self.branch = branch
            self.changes = changes
            self.at = at
        }
    }
}
