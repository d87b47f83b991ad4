/// One value of one metric.
public struct MetricPoint: Codable, Sendable, Equatable {
    /// Steps passed when it was measured.
    public var step: Int
    /// Whole epochs done when it was measured.
    public var epoch: Int
    /// `loss`, `accuracy`, `val_loss` or `val_accuracy`.
    public var name: String
    public var value: Double

    public init(step: Int, epoch: Int, name: String, value: Double) {
        self.step = step
        self.epoch = epoch
        self.name = name
        self.value = value
    }
}

/// The answer to `GET /v1/jobs/{job}/metrics`: the oldest first.
public struct MetricList: Codable, Sendable, Equatable {
    public var metrics: [MetricPoint]

    public init(metrics: [MetricPoint]) {
        self.metrics = metrics
    }
}
