/// One value of one training curve.
public struct MetricRow: Sendable, Codable, Hashable {
    /// Steps passed when it was measured.
    public var step: Int
    /// Whole epochs done when it was measured.
    public var epoch: Int
    /// `loss`, `accuracy`, `val_loss`, `val_accuracy`, …
    public var name: String
    /// What was measured.
    public var value: Double

    /// One point of the curve `name`.
    public init(step: Int, epoch: Int, name: String, value: Double) {
        self.step = step
        self.epoch = epoch
        self.name = name
        self.value = value
    }
}
