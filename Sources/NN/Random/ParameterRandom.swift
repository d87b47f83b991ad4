import Tensor

/// The random numbers of one parameter: each is a function of the seed, the parameter's name and a position alone, so
/// that adding a layer changes no other layer's.
public struct ParameterRandom: Sendable {
    private let random: Philox

    /// The numbers with which the parameter called `name` starts.
    init(name: String, seed: UInt64) {
        random = Philox(seed: seed, purpose: .initialize).derived(for: name)
    }

    /// A number in (0, 1), with 53 random bits.
    public func unit(at position: Int) -> Double { random.unit(stream: 0, index: UInt64(position)) }

    /// A number from the normal distribution with mean 0 and deviation 1.
    public func normal(at position: Int) -> Double { random.normal(stream: 0, index: UInt64(position)) }

    /// The same, drawn again while it is more than `bound` deviations from 0.
    func truncatedNormal(at position: Int, within bound: Double) -> Double {
        var stream: UInt32 = 0
        while true {
            let number = random.normal(stream: stream, index: UInt64(position))
            if abs(number) <= bound { return number }
            stream += 1
        }
    }
}
