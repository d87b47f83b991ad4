import Spec

/// Sums over samples: of the loss, and of right answers.
public struct Tally: Sendable, Codable, Hashable {
    /// The sum of the loss over `terms` terms.
    public var lossSum: Double
    /// By what the sum is divided for the mean: rows, elements where the loss is a mean over elements, or the sum of
    /// the labels' weights.
    public var terms: Double
    /// Labels that were predicted; zero where the targets are not classes.
    public var correct: Int
    /// Labels that were to be predicted: one a sample, or one a position; zero where the targets are not classes.
    public var labels: Int
    /// Samples in the sums.
    public var samples: Int

    /// The sums; zero for no samples. Without a number of labels there is one a sample.
    public init(
        lossSum: Double = 0, terms: Double = 0, correct: Int = 0, labels: Int? = nil, samples: Int = 0
    ) {
        self.lossSum = lossSum
        self.terms = terms
        self.correct = correct
        self.labels = labels ?? samples
        self.samples = samples
    }

    /// - Throws: What is missing. Labels may be: older snapshots count one a sample.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            lossSum: try values.decode(Double.self, forKey: .lossSum),
            terms: try values.decode(Double.self, forKey: .terms),
            correct: try values.decode(Int.self, forKey: .correct),
            labels: try values.decodeIfPresent(Int.self, forKey: .labels),
            samples: try values.decode(Int.self, forKey: .samples))
    }

    static func += (a: inout Tally, b: Tally) {
        a.lossSum += b.lossSum
        a.terms += b.terms
        a.correct += b.correct
        a.labels += b.labels
        a.samples += b.samples
    }

    /// The mean loss; nil before the first sample. 0 where all labels weigh 0.
    var meanLoss: Double? { samples == 0 ? nil : terms == 0 ? 0 : lossSum / terms }

    /// The part of the labels that were predicted; nil before the first one.
    var accuracy: Double? { labels == 0 ? nil : Double(correct) / Double(labels) }

    /// Those of `metrics` that are followed while training, by name: `accuracy`.
    func metrics(among metrics: [MetricSpec]) -> [String: Double] {
        guard metrics.contains(.accuracy), let accuracy else { return [:] }
        return ["accuracy": accuracy]
    }
}
