/// A metric that is looked at after each epoch, and what counts as better.
public struct WatchedMetric: Sendable, Equatable {
    /// One of those that the job's data and loss give.
    public var metric: String
    /// Which end of it is good.
    public var mode: MetricMode
    /// By more than this a value must beat the best one to be better; at least 0.
    public var minDelta: Double

    /// The validation loss unless told otherwise.
    ///
    /// - Parameters:
    ///   - metric: Its name.
    ///   - mode: Nil for the one that is usual for the metric.
    ///   - minDelta: At least 0.
    public init(metric: String = "val_loss", mode: MetricMode? = nil, minDelta: Double = 0) {
        self.metric = metric
        self.mode = mode ?? MetricMode(usualFor: metric)
        self.minDelta = minDelta
    }

    /// Whether a value is better than the best one before it.
    public func isBetter(_ value: Double, than best: Double) -> Bool {
        switch mode {
        case .min: value < best - minDelta
        case .max: value > best + minDelta
        }
    }
}

extension WatchedMetric {
    /// From the keys of a mapping that has others too.
    init(keysOf node: DocumentNode, minDelta: Double) throws(SpecError) {
        self.init(minDelta: minDelta)
        try node.read("metric", into: &metric)
        mode = MetricMode(usualFor: metric)
        try node.read("mode", into: &mode)
        try node.read("min_delta", into: &self.minDelta)
    }

    var document: DocumentNode {
        DocumentNode(["metric": metric.document, "mode": mode.document, "min_delta": minDelta.document])
    }
}
