import Tensor
import TestSupport
import Testing

@Suite("Dropout masks")
struct DropoutMaskTests {
    private let key = Philox(seed: 0x0123_4567_89AB_CDEF, purpose: .dropout).derived(
        stream: 7, index: 3 << 32 | 5)

    /// From an implementation in Python that passes the known answers of Philox.
    @Test("a derived key has a fixed value, and so has a mask drawn from it")
    func knownAnswers() {
        #expect(
            key.words(stream: 9, index: 2)
                == SIMD4(0xB688_3CEE, 0xF8F7_05D6, 0x19F9_D342, 0x0669_8B16))
        let mask = Tensor.dropoutMask(shape: [3, 4], rate: 0.3, key: key, first: 6)
        let kept = 1 / (1 - Float(0.3))
        #expect(mask.values == [1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0].map { $0 * kept })
    }

    @Test("the vectorised loop draws the words of the plain one", arguments: [0, 1, 3, 63, 64, 1 << 34 - 5])
    func words(_ first: UInt64) {
        let mask = Tensor.dropoutMask(shape: [301], rate: 0.625, key: key, first: first).values
        for (i, value) in mask.enumerated() {
            let place = first + UInt64(i)
            let word = key.words(stream: 0, index: place / 4)[Int(place % 4)]
            #expect(value == (Double(word) < 0.625 * 0x1p32 ? 0 : 1 / 0.375), "place \(place)")
        }
    }

    @Test("a mask depends on key and place alone: parts of a long mask are masks")
    func parts() {
        let whole = Tensor.dropoutMask(shape: [500], rate: 0.5, key: key, first: 11).values
        for range in [0..<1, 3..<70, 64..<128, 499..<500, 250..<250] {
            let part = Tensor.dropoutMask(
                shape: [range.count], rate: 0.5, key: key, first: 11 + UInt64(range.lowerBound))
            #expect(part.values == Array(whole[range]))
        }
    }

    @Test("about as many zeros as asked, the mean stays, and a rate of 0 keeps all")
    func rate() {
        let count = 100_000
        let zeros = Tensor.dropoutMask(shape: [count], rate: 0.2, key: key).values.filter { $0 == 0 }.count
        // Five standard deviations, sqrt(100,000 * 0.2 * 0.8) = 126 each.
        #expect(abs(zeros - 20_000) < 632)
        let all = Tensor.dropoutMask(shape: [5], rate: 0, key: key)
        #expect(all.values == [1, 1, 1, 1, 1])
    }

    @Test("keys for other places, purposes and seeds draw other masks, and deriving is not commutative")
    func keys() {
        let root = Philox(seed: 1, purpose: .dropout)
        let keys = [
            root, root.derived(stream: 0, index: 0), root.derived(stream: 1, index: 0),
            root.derived(stream: 0, index: 1), root.derived(stream: 0, index: 1 << 32),
            Philox(seed: 2, purpose: .dropout).derived(stream: 0, index: 0),
            Philox(seed: 1, purpose: .split).derived(stream: 0, index: 0),
            root.derived(stream: 1, index: 0).derived(stream: 0, index: 1),
            root.derived(stream: 0, index: 1).derived(stream: 1, index: 0),
        ]
        let masks = keys.map { Tensor.dropoutMask(shape: [64], rate: 0.5, key: $0).values }
        #expect(Set(masks).count == keys.count)
    }

    @Test("what is masked gets no gradient, the rest its share")
    func gradient() throws {
        let (x, mask) = (Tensor.wave([4]).tracked, Tensor([0, 2, 0, 2]))
        let y = x.dropout(mask: mask)
        #expect(y.values == zip(x.values, mask.values).map(*))
        #expect(try gradients(of: y.sum(), withRespectTo: ["x": x])["x"]?.values == mask.values)
    }
}
