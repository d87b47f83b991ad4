/// What a job looks like at one moment.
public struct TrainingProgress: Sendable, Equatable, Codable {
    /// How far the job has come.
    public var cursor: TrainingCursor
    /// How many steps it has in all.
    public var totalSteps: Int
    /// How many workers share it.
    public var workers: Int
    /// The mean training loss over the epoch under way; over the one before where it has only begun.
    public var loss: Double?
    /// The newest value of every other metric: `accuracy`, `val_loss`, `val_accuracy`.
    public var metrics: [String: Double]
    /// Over the last seconds; nil before the first steps.
    public var samplesPerSecond: Double?
    /// At the present speed; nil before the first steps.
    public var etaSeconds: Double?
    /// The digest of the weights in the last snapshot that was committed, before this run or by it; nil before the first.
    public var weightsDigest: String?
    /// What the next step multiplies its update with: the optimizer's rate, by the schedule.
    public var learningRate: Double
    /// Why the job holds still with its weights in memory; nil while it goes on.
    public var heldReason: String?

    /// What a job of another process looks like before that has said anything.
    package init(cursor: TrainingCursor, totalSteps: Int, workers: Int, learningRate: Double) {
        (self.cursor, self.totalSteps, self.workers) = (cursor, totalSteps, workers)
        self.learningRate = learningRate
        metrics = [:]
    }

    init(
        cursor: TrainingCursor, totalSteps: Int, workers: Int, loss: Double?, metrics: [String: Double],
        samplesPerSecond: Double?, etaSeconds: Double?, weightsDigest: String?, learningRate: Double,
        heldReason: String?
    ) {
        self.init(
            cursor: cursor, totalSteps: totalSteps, workers: workers, learningRate: learningRate)
        (self.loss, self.metrics) = (loss, metrics)
        (self.samplesPerSecond, self.etaSeconds) = (samplesPerSecond, etaSeconds)
        (self.weightsDigest, self.heldReason) = (weightsDigest, heldReason)
    }
}
