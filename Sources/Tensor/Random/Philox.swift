/// Counter-based random numbers: Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2,
/// 3", SC 2011).
///
/// A number is a function of a key and a counter. There is no state to save, to share or to forget, so any
/// worker can draw any number at any time and a resumed job draws the same ones.
public struct Philox: Sendable, Hashable {
    /// What the numbers are for. Two purposes with the same seed share no numbers.
    public enum Purpose: UInt32, Sendable {
        case initialize = 1
        case shuffle = 2
        case split = 3
        case dropout = 4
    }

    let key: SIMD2<UInt32>
    let purpose: UInt32

    /// The numbers that belong to a seed and a purpose.
    public init(seed: UInt64, purpose: Purpose) {
        key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        self.purpose = purpose.rawValue
    }

    private init(key: SIMD2<UInt32>, purpose: UInt32) {
        self.key = key
        self.purpose = purpose
    }

    /// The numbers of a key of their own for (`stream`, `index`): for example those of layer and step. The
    /// key comes from a counter at which no number is drawn, so it is independent of this one's numbers.
    public func derived(stream: UInt32, index: UInt64) -> Philox {
        let (low, high) = (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32))
        let words = Philox.block(counter: SIMD4(low, stream, purpose | 0x8000_0000, high), key: key)
        return Philox(key: SIMD2(words[0], words[1]), purpose: purpose)
    }

    /// The four words at (`stream`, `index`): for example (epoch, position) or (parameter, element).
    public func words(stream: UInt32, index: UInt64) -> SIMD4<UInt32> {
        let (low, high) = (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32))
        return Philox.block(counter: SIMD4(low, stream, purpose, high), key: key)
    }

    /// A number in 0 ..< `bound`, from 64 random bits by multiplication (its bias is below bound / 2^64).
    public func integer(below bound: Int, stream: UInt32, index: UInt64) -> Int {
        require(bound > 0)
        let words = words(stream: stream, index: index)
        let bits = UInt64(words[0]) << 32 | UInt64(words[1])
        return Int(bits.multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// One application of the ten rounds.
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var c = counter
        var k = key
        for _ in 0..<10 {
            let a = UInt64(0xD251_1F53) * UInt64(c[0])
            let b = UInt64(0xCD9E_8D57) * UInt64(c[2])
            c = SIMD4(
                UInt32(truncatingIfNeeded: b >> 32) ^ c[1] ^ k[0],
                UInt32(truncatingIfNeeded: b),
                UInt32(truncatingIfNeeded: a >> 32) ^ c[3] ^ k[1],
                UInt32(truncatingIfNeeded: a))
            k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
        }
        return c
    }
}
