/// Sums over samples: of the loss, and of right answers.
public struct Tally: Sendable, Codable, Hashable {
    /// The sum of the loss over `terms` terms.
    public var lossSum: Double
    /// How many terms the loss has summed: samples, or elements where the loss is a mean over elements.
    public var terms: Int
    /// Samples whose largest logit was their label's; zero where the targets are not classes.
    public var correct: Int
    /// Samples in the sums.
    public var samples: Int

    /// The sums; zero for no samples.
    public init(lossSum: Double = 0, terms: Int = 0, correct: Int = 0, samples: Int = 0) {
        self.lossSum = lossSum
        self.terms = terms
        self.correct = correct
        self.samples = samples
    }

    static func += (a: inout Tally, b: Tally) {
        a.lossSum += b.lossSum
        a.terms += b.terms
        a.correct += b.correct
        a.samples += b.samples
    }

    /// The mean loss; nil before the first sample.
    var meanLoss: Double? { terms == 0 ? nil : lossSum / Double(terms) }

    /// The part of the samples that were right; nil before the first one.
    var accuracy: Double? { samples == 0 ? nil : Double(correct) / Double(samples) }
}
