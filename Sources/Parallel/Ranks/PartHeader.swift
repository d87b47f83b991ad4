import Tensor

/// What a rank tells all others of a part of its gradients, beside the numbers: what these are.
struct PartHeader: Equatable {
    /// Whether a worker could not compute its gradients; the rest means nothing then.
    var hasFailed: Bool
    /// By weight of the part: how many rows a sample has; 0 where the rank has none.
    var rowsPerSample: [Int]
    /// By subtree, and there by weight of the part.
    var isWrittenOut: [[Bool]]

    /// - Parameters:
    ///   - sums: Of the rank's workers; nil when one has failed.
    ///   - weights: Those of the part.
    ///   - factors: Of the gradients that are products.
    init(_ sums: [StepMessage.Sum]?, _ weights: [Int], _ factors: GradientFactors) {
        hasFailed = sums == nil
        rowsPerSample = weights.map { factors.rowsPerSample(ofWeight: $0) }
        isWrittenOut = (sums ?? []).map { sum in weights.map { sum.writtenOut.contains($0) } }
    }

    // MARK: As words

    /// How many words a rank with this share sends.
    static func count(_ share: RankShare, weights: [Int]) -> Int {
        1 + weights.count * (1 + share.workers.reduce(0) { $0 + $1.nodes.count })
    }

    /// `count(…)` words.
    func words(count: Int) -> [UInt64] {
        if hasFailed { return [1] + Array(repeating: 0, count: count - 1) }
        return [0] + rowsPerSample.map { UInt64($0) } + isWrittenOut.joined().map { $0 ? 1 : 0 }
    }

    /// Reads the words of a rank with this share.
    init(words: ArraySlice<UInt64>, _ share: RankShare, weights: [Int]) {
        var rest = words
        func next() -> UInt64 { rest.popFirst() ?? 0 }
        hasFailed = next() != 0
        rowsPerSample = weights.map { _ in Int(truncatingIfNeeded: next()) }
        isWrittenOut = share.workers.flatMap(\.nodes).map { _ in weights.map { _ in next() != 0 } }
    }
}
