/// Which end of a metric is good.
public enum MetricMode: String, Sendable, Codable, CaseIterable {
    /// The lowest value is the best.
    case min
    /// The highest value is the best.
    case max

    /// Losses and errors should be low, all other metrics high.
    public init(usualFor metric: String) {
        self = ["loss", "mae", "rmse"].contains { metric.hasSuffix($0) } ? .min : .max
    }
}

extension MetricMode: DocumentValue {}
