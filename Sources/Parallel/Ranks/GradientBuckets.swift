package import NN
package import Tensor

/// The gradient cut into parts, in the order in which a backward pass completes them: each is sent to the other ranks while
/// the rest is still computed.
///
/// What is sent when changes no bits. Parts are large, since each costs two messages more.
package struct GradientBuckets: Sendable {
    /// Those that are sent early.
    package let parts: [ParameterGradients.Part]
    /// What is left: the first layers' parameters, and all that is no trained parameter.
    package let rest: ParameterGradients.Part
    /// By the offset of a parameter: its part.
    private let index: [Int: Int]
    /// How many parameters each part has.
    package let sizes: [Int]

    /// At most so many parts, the rest with them.
    private static let most = 4
    /// Numbers that a rank sends of a part, at least: 64 KiB.
    private static let least = 16 << 10

    /// - Parameters:
    ///   - model: Whose layers' order is about that of a forward pass. Where it is not, parts are sent later than they could be.
    ///   - weights: Whose gradients are kept as factors.
    ///   - samples: Of the minibatch.
    ///   - ranks: How many there are; one sends nothing.
    package init(_ model: Model, weights: [GradientFactors.Weight], samples: Int, ranks: Int) {
        let layout = model.layout
        let places = Dictionary(uniqueKeysWithValues: layout.entries.map { ($0.parameter.name, $0.range) })
        let indices = Dictionary(
            uniqueKeysWithValues: weights.enumerated().map { ($0.element.offset, $0.offset) })
        let trained = layout.entries.filter { !$0.parameter.policy.isFrozen && !$0.range.isEmpty }
        let trainedNames = Set(trained.map(\.parameter.name))
        let order = model.network.parameters.reversed().map(\.name).filter(trainedNames.contains)
            .compactMap { places[$0] }
        func numbers(_ range: Range<Int>) -> Int {
            guard let weight = indices[range.lowerBound] else { return range.count }
            return samples / max(1, ranks) * (weights[weight].inputs + weights[weight].outputs)
        }
        let enough = max(Self.least, order.reduce(0) { $0 + numbers($1) } / Self.most)

        var (parts, sizes, index): ([ParameterGradients.Part], [Int], [Int: Int]) = ([], [], [:])
        var (open, gathered): ([Range<Int>], Int) = ([], 0)
        for range in ranks > 1 ? order.dropLast() : [] {
            open.append(range)
            gathered += numbers(range)
            if gathered < enough { continue }
            for range in open { index[range.lowerBound] = parts.count }
            sizes.append(open.count)
            parts.append(
                ParameterGradients.Part(
                    ranges: joined(open.filter { indices[$0.lowerBound] == nil }),
                    weights: open.compactMap { indices[$0.lowerBound] }.sorted()))
            (open, gathered) = ([], 0)
        }
        let early = Set(parts.flatMap(\.weights))
        rest = ParameterGradients.Part(
            ranges: gaps(between: parts.flatMap(\.ranges) + weights.map(\.range), in: 0..<layout.count),
            weights: weights.indices.filter { !early.contains($0) })
        (self.parts, self.sizes, self.index) = (parts, sizes, index)
    }

    /// The part of the parameter at this offset; nil for one that is sent in the end.
    package func part(ofParameterAt offset: Int) -> Int? { index[offset] }

    /// All of them, the rest last.
    package var all: [ParameterGradients.Part] { parts + [rest] }
}

/// The same places in order, neighbours as one.
private func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let last = result.last, last.upperBound == range.lowerBound {
            result[result.count - 1] = last.lowerBound..<range.upperBound
        } else {
            result.append(range)
        }
    }
    return result
}

/// What of `whole` is in none of the ranges, which do not overlap.
private func gaps(between ranges: [Range<Int>], in whole: Range<Int>) -> [Range<Int>] {
    var (result, start): ([Range<Int>], Int) = ([], whole.lowerBound)
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if start < range.lowerBound { result.append(start..<range.lowerBound) }
        start = range.upperBound
    }
    if start < whole.upperBound { result.append(start..<whole.upperBound) }
    return result
}
