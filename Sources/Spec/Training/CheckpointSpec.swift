/// When checkpoints are taken and which of them are kept. The last one is always kept.
public struct CheckpointSpec: Sendable, Equatable {
    /// Steps between checkpoints; nil stands for one at the end of every epoch.
    public var everySteps: Int?
    /// Seconds after which one is taken if there was none meanwhile; nil for no such limit.
    public var everySeconds: Int?
    /// How many of the newest are kept.
    public var keepLast: Int
    /// Those whose step is a multiple of this are kept too.
    public var keepEvery: Int?
    /// The one with the best value of a metric is kept too.
    public var keepBest: KeepBest?

    /// Which checkpoint is the best.
    public struct KeepBest: Sendable, Equatable {
        /// `loss`, `accuracy`, or `val_` before `loss` or the name of any metric of the job that is a number.
        public var metric: String
        /// Whether the lowest or the highest value of the metric is best.
        public var mode: Mode

        /// Which end of a metric is good.
        public typealias Mode = MetricMode

        /// Keeps the checkpoint at which `metric` is lowest or highest.
        public init(metric: String, mode: Mode) {
            self.metric = metric
            self.mode = mode
        }
    }

    /// Keeps the newest three unless told otherwise.
    public init(
        everySteps: Int? = nil, everySeconds: Int? = nil, keepLast: Int = 3, keepEvery: Int? = nil,
        keepBest: KeepBest? = nil
    ) {
        self.everySteps = everySteps
        self.everySeconds = everySeconds
        self.keepLast = keepLast
        self.keepEvery = keepEvery
        self.keepBest = keepBest
    }
}
