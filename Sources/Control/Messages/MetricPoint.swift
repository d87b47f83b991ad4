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

/// How many values of each curve are wanted.
public enum CurvePoints: Sendable, Equatable {
    /// At most so many, evenly over the steps, with the first and the last.
    case atMost(Int)
    case all

    /// Enough for any plot, and answered at once however long the job is.
    public static let standard = CurvePoints.atMost(500)

    /// As a query has it.
    public var text: String {
        switch self {
        case .atMost(let count): "\(count)"
        case .all: "all"
        }
    }

    /// - Returns: nil unless the text is `all` or a number from 2 to 1,000,000.
    public init?(_ text: String) {
        if text == "all" {
            self = .all
        } else if let count = Int(text), (2...1_000_000).contains(count) {
            self = .atMost(count)
        } else {
            return nil
        }
    }
}

/// The answer to `GET /v1/jobs/{job}/metrics`: the oldest first.
public struct MetricList: Codable, Sendable, Equatable {
    public var metrics: [MetricPoint]

    public init(metrics: [MetricPoint]) {
        self.metrics = metrics
    }
}
