extension JobSpec {
    /// A job on samples in memory, for `TrainingJob(_:model:train:validation:test:)` of `Parallel`: everything that a
    /// job file says but where the samples come from. It has no job file's form.
    ///
    /// - Parameters:
    ///   - name: What people call the job.
    ///   - model: The network, if it is made of layers that a job file has.
    ///   - seed: Keys every random number of the job.
    ///   - shuffle: Whether each epoch has an order of its own.
    ///   - loss: What training makes small.
    ///   - metrics: What is scored besides the loss; nil for accuracy where the targets are classes.
    ///   - optimizer: How gradients change weights.
    ///   - schedule: How the learning rate changes.
    ///   - training: How long to train, and how a minibatch is cut up.
    ///   - checkpoint: When snapshots are taken.
    public init(
        inMemory name: String, model: ModelSpec = ModelSpec(input: [1], layers: []), seed: UInt64 = 0,
        shuffle: Bool = true, loss: LossSpec,
        metrics: [MetricSpec]? = nil, optimizer: OptimizerSpec, schedule: ScheduleSpec = .constant,
        training: TrainingSpec, checkpoint: CheckpointSpec = .init()
    ) {
        var data = DataSpec(train: .csv(CSVSourceSpec(path: "", label: "")))
        data.shuffle = shuffle
        self.init(
            name: name, seed: seed, data: data, model: model, loss: loss,
            metrics: metrics, optimizer: optimizer, schedule: schedule, training: training,
            checkpoint: checkpoint)
    }
}
