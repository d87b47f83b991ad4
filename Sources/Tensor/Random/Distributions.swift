import Glibc

extension Philox {
    /// A number in (0, 1), with 53 random bits.
    public func unit(stream: UInt32, index: UInt64) -> Double {
        let words = words(stream: stream, index: index)
        return Philox.unit(words[0], words[1])
    }

    /// A number from the normal distribution with mean 0 and deviation 1 (Box & Muller 1958).
    public func normal(stream: UInt32, index: UInt64) -> Double {
        let words = words(stream: stream, index: index)
        let radius = (-2 * log(Philox.unit(words[0], words[1]))).squareRoot()
        return radius * cos(2 * Double.pi * Philox.unit(words[2], words[3]))
    }

    private static func unit(_ high: UInt32, _ low: UInt32) -> Double {
        let bits = UInt64(high) << 21 ^ UInt64(low) >> 11
        return (Double(bits) + 0.5) * 0x1p-53
    }
}
