import Tensor
import Testing

/// The vectors are `philox4x32 10` of `kat_vectors` in the Random123 distribution (D. E. Shaw Research).
@Suite("Philox 4x32-10")
struct PhiloxTests {
    @Test(
        "known answers",
        arguments: [
            (
                SIMD4(0, 0, 0, 0), SIMD2(0, 0), SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
            ),
            (
                SIMD4(repeating: 0xFFFF_FFFF), SIMD2(repeating: 0xFFFF_FFFF),
                SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
            ),
            (
                SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), SIMD2(0xA409_3822, 0x299F_31D0),
                SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
            ),
        ] as [(SIMD4<UInt32>, SIMD2<UInt32>, SIMD4<UInt32>)])
    func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
        #expect(Philox.block(counter: counter, key: key) == expected)
    }

    /// From an implementation in Python that passes the known answers.
    @Test("seed, purpose, stream and index have fixed places in key and counter")
    func places() {
        #expect(
            Philox(seed: 42, purpose: .shuffle).words(stream: 7, index: 5)
                == SIMD4(0x8434_339E, 0x9903_3505, 0x9407_7A62, 0xF3E6_1C37))
        #expect(
            Philox(seed: 0x0123_4567_89AB_CDEF, purpose: .split).words(stream: 1, index: 0)
                == SIMD4(0x23BA_AC26, 0xE5B6_4AE3, 0x1599_B35D, 0xDE0C_9364))
    }

    @Test("numbers below a bound are below it and reach all of them evenly")
    func bounded() {
        let philox = Philox(seed: 1, purpose: .split)
        var counts = [Int](repeating: 0, count: 10)
        for index in 0..<10_000 { counts[philox.integer(below: 10, stream: 0, index: UInt64(index))] += 1 }
        // Five standard deviations, sqrt(10,000 * 0.1 * 0.9) = 30 each.
        for count in counts { #expect(abs(count - 1_000) < 150) }
    }
}
