/// SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195): small, and the same numbers everywhere.
package struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

    /// Half of the places are near to the beginning, where headers are.
    mutating func place(in count: Int) -> Int {
        below(2) == 0 ? below(count) : below(min(count, 512))
    }
}
