import NN
import Tensor

/// What a rank tells all others of its part in a step, beside the numbers of the gradients.
///
/// As words: how many there are follows from the share alone, so that they travel in one operation.
struct StepHeader: Equatable {
    /// What one worker brought.
    struct Part: Equatable {
        /// By subtree, and there by weight whose gradient is a product.
        var sums: [[ParameterGradients.WeightNote]]
        /// By shard that has samples.
        var tallies: [Tally]
        var largest: Float
    }

    /// Whether a worker could not compute its gradients; the rest means nothing then.
    var hasFailed: Bool
    /// How many rows a sample has, by weight whose gradient is a product; 0 where the rank has none.
    var rowsPerSample: [Int]
    /// By worker.
    var parts: [Part]

    /// - Parameters:
    ///   - contributions: Of the rank's workers.
    ///   - share: What they computed.
    ///   - factors: Of the gradients that are products.
    init(_ contributions: [Contribution], _ share: RankShare, _ factors: GradientFactors) {
        hasFailed = contributions.contains { $0.failure != nil }
        rowsPerSample = factors.weights.indices.map { factors.rowsPerSample(ofWeight: $0) }
        parts = contributions.map { contribution in
            Part(
                sums: contribution.sums.map(\.gradients.notes), tallies: contribution.tallies.map(\.tally),
                largest: contribution.largest)
        }
    }

    // MARK: As words

    /// How many words a rank with this share sends.
    static func count(_ share: RankShare, weights: Int) -> Int {
        share.workers.reduce(1 + weights) {
            $0 + 1 + $1.nodes.count * weights * wordsPerNote + $1.shards.count * wordsPerTally
        }
    }

    private static let wordsPerNote = 2
    private static let wordsPerTally = 5

    /// `count(…)` words.
    func words(count: Int) -> [UInt64] {
        // Of a worker that has failed there may be less than its share: nobody looks at what is there.
        if hasFailed { return [1] + Array(repeating: 0, count: count - 1) }
        var words: [UInt64] = [0] + rowsPerSample.map { UInt64($0) }
        words.reserveCapacity(count)
        for part in parts {
            words.append(UInt64(part.largest.bitPattern))
            for note in part.sums.joined() {
                words.append(note.isWrittenOut ? 1 : 0)
                words.append(UInt64(note.x.bitPattern) << 32 | UInt64(note.slope.bitPattern))
            }
            for tally in part.tallies {
                words += [tally.lossSum.bitPattern, tally.terms.bitPattern]
                words += [tally.correct, tally.labels, tally.samples].map { UInt64($0) }
            }
        }
        return words
    }

    /// Reads the words of a rank with this share.
    init(words: ArraySlice<UInt64>, _ share: RankShare, weights: Int) {
        var rest = words
        func next() -> UInt64 { rest.popFirst() ?? 0 }
        hasFailed = next() != 0
        rowsPerSample = (0..<weights).map { _ in Int(truncatingIfNeeded: next()) }
        parts = share.workers.map { worker in
            let largest = Float(bitPattern: UInt32(truncatingIfNeeded: next()))
            let sums = worker.nodes.map { _ in
                (0..<weights).map { _ in
                    let (isWrittenOut, magnitudes) = (next() != 0, next())
                    return ParameterGradients.WeightNote(
                        isWrittenOut: isWrittenOut,
                        x: Float(bitPattern: UInt32(truncatingIfNeeded: magnitudes >> 32)),
                        slope: Float(bitPattern: UInt32(truncatingIfNeeded: magnitudes)))
                }
            }
            let tallies = worker.shards.map { _ in
                let (lossSum, terms) = (Double(bitPattern: next()), Double(bitPattern: next()))
                let (correct, labels) = (Int(truncatingIfNeeded: next()), Int(truncatingIfNeeded: next()))
                return Tally(
                    lossSum: lossSum, terms: terms, correct: correct, labels: labels,
                    samples: Int(truncatingIfNeeded: next()))
            }
            return Part(sums: sums, tallies: tallies, largest: largest)
        }
    }
}
