/// What a job remembers of the metrics that it watches, so that whoever goes on decides as it would have.
public struct TrainingMonitors: Sendable, Codable, Hashable {
    /// Nil unless the job's schedule is `reduce_on_plateau`.
    public var plateau: PlateauState?
    /// Nil unless the job has `training.early_stopping`.
    public var earlyStopping: EarlyStoppingState?

    /// Watches nothing, if nothing is given.
    public init(plateau: PlateauState? = nil, earlyStopping: EarlyStoppingState? = nil) {
        self.plateau = plateau
        self.earlyStopping = earlyStopping
    }
}

/// What has been seen of the metric that lowers the learning rate.
public struct PlateauState: Sendable, Codable, Hashable {
    /// The best value so far; nil before the first.
    public var best: Double?
    /// Epochs in a row without anything better.
    public var badEpochs: Int
    /// Epochs to come that are not counted.
    public var cooldown: Int
    /// By what the learning rate is multiplied now.
    public var factor: Double

    /// The beginning of a job, if nothing is given.
    public init(best: Double? = nil, badEpochs: Int = 0, cooldown: Int = 0, factor: Double = 1) {
        self.best = best
        self.badEpochs = badEpochs
        self.cooldown = cooldown
        self.factor = factor
    }
}

/// What has been seen of the metric that ends training early.
public struct EarlyStoppingState: Sendable, Codable, Hashable {
    /// The best value so far; nil before the first.
    public var best: Double?
    /// Epochs in a row without anything better.
    public var badEpochs: Int

    /// The beginning of a job, if nothing is given.
    public init(best: Double? = nil, badEpochs: Int = 0) {
        self.best = best
        self.badEpochs = badEpochs
    }
}
