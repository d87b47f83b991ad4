/// Which end of a metric is good.
public enum MetricMode: String, Sendable, Codable, CaseIterable {
    case min
    case max

    /// Losses and errors should be low, all other metrics high.
    public init(usualFor metric: String) {
        self = metric.hasSuffix("loss") || metric.hasSuffix("error") ? .min : .max
    }
}

extension MetricMode: DocumentValue {}
