/// How many of a kind of thing took how long.
public struct DurationHistogram: Sendable, Equatable, Codable {
    /// The upper bounds of the buckets but the last one, which has none; in seconds, ascending.
    public static let bounds: [Double] = [
        5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]
    /// How many fell into each bucket: above the bound before it, and not above its own.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// Of all of them, in seconds.
    public private(set) var sum = 0.0

    /// Nothing yet.
    public init() {}

    /// Counts one thing.
    public mutating func add(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        sum += seconds
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    }

    /// - Throws: `DecodingError` for counts that are not those of these buckets.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        counts = try values.decode([Int].self, forKey: .counts)
        sum = try values.decode(Double.self, forKey: .sum)
        guard counts.count == Self.bounds.count + 1, counts.allSatisfy({ (0...(1 << 53)).contains($0) })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .counts, in: values, debugDescription: "expected a count for each bucket")
        }
    }

    /// The upper bound, in seconds, of the bucket in which the median lies; nil before the first thing, and in the last
    /// bucket its lower bound.
    package var median: Double? {
        let half = counts.reduce(0, +) / 2
        guard counts.contains(where: { $0 > 0 }) else { return nil }
        var seen = 0
        for (count, bound) in zip(counts, Self.bounds) {
            seen += count
            if seen > half { return bound }
        }
        return Self.bounds.last
    }
}
