import Tensor

/// The order in which each epoch visits the samples: a pure function of the seed and the epoch.
///
/// There is no generator to save. A resumed job asks for its epoch's order again and goes on from its cursor.
public struct SampleOrder: Sendable, Equatable {
    /// The number of samples.
    public let count: Int
    /// The job's seed.
    public let seed: UInt64
    /// Whether each epoch has an order of its own, or all have that of the file.
    public let shuffle: Bool

    /// - Precondition: `count` is in 0 ... Int32.max.
    public init(count: Int, seed: UInt64, shuffle: Bool) {
        require(count >= 0 && count <= Int(Int32.max), "\(count) is not a number of samples")
        self.count = count
        self.seed = seed
        self.shuffle = shuffle
    }

    /// Every row once, in the order of epoch `epoch`, counted from 0.
    ///
    /// - Precondition: `epoch` is in 0 ..< 2^32.
    public func epoch(_ epoch: Int) -> [Int32] {
        guard shuffle else { return (0..<count).map { Int32($0) } }
        return Philox(seed: seed, purpose: .shuffle).permutation(of: count, stream: UInt32(epoch))
    }
}
