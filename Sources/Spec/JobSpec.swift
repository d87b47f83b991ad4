/// A training job as the user wrote it, with every default filled in.
///
/// The weights after step *n* are a function of this value, the data, the program and the CPU's
/// instruction set. `TrainingSpec.workers` and `cluster` alone may differ between two runs that agree bit for bit.
public struct JobSpec: Sendable, Equatable {
    /// What people call the job. Letters, digits, `.`, `_` and `-`; not digits alone, which would read as an
    /// id.
    public var name: String
    /// Keys every random number of the job.
    public var seed: UInt64
    /// Where the samples come from.
    public var data: DataSpec
    /// The network and how it starts.
    public var model: ModelSpec
    /// What training makes small.
    public var loss: LossSpec
    /// What is scored besides the loss; nil stands for `accuracy` where targets are classes and else nothing.
    public var metrics: [MetricSpec]?
    /// How gradients change weights.
    public var optimizer: OptimizerSpec
    /// By what the optimizer's learning rate is multiplied while training goes on.
    public var schedule: ScheduleSpec
    /// How long to train, and how a minibatch is cut up.
    public var training: TrainingSpec
    /// When checkpoints are taken and which of them are kept.
    public var checkpoint: CheckpointSpec
    /// Whether the job is run again by itself after a failure that may go away; nil for never.
    public var restart: RestartSpec?
    /// On how many processes and which machines it trains; nil for a part of the daemon's own process.
    public var cluster: ClusterSpec?

    /// A job made in code; `validate` holds it to the rules of a file.
    public init(
        name: String = "job", seed: UInt64 = 0, data: DataSpec, model: ModelSpec, loss: LossSpec,
        metrics: [MetricSpec]? = nil, optimizer: OptimizerSpec, schedule: ScheduleSpec = .constant,
        training: TrainingSpec,
        checkpoint: CheckpointSpec = .init(), restart: RestartSpec? = nil,
        cluster: ClusterSpec? = nil
    ) {
        self.name = name
        self.seed = seed
        self.data = data
        self.model = model
        self.loss = loss
        self.metrics = metrics
        self.optimizer = optimizer
        self.schedule = schedule
        self.training = training
        self.checkpoint = checkpoint
        self.restart = restart
        self.cluster = cluster
    }
}
