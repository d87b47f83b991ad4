import Datasets
import Testing

/// The frozen orders come from an implementation in Python: they may never change, or resumed jobs would.
@Suite("The order of samples")
struct SampleOrderTests {
    @Test(
        "frozen orders",
        arguments: [
            (42, 0, [5, 12, 7, 4, 15, 6, 8, 9, 14, 11, 1, 2, 13, 10, 3, 0]),
            (42, 1, [5, 15, 9, 8, 10, 13, 2, 3, 0, 4, 7, 1, 12, 14, 11, 6]),
            (0x0123_4567_89AB_CDEF, 3, [15, 14, 7, 9, 13, 8, 2, 3, 0, 10, 5, 1, 4, 6, 11, 12]),
        ] as [(UInt64, Int, [Int32])])
    func frozen(seed: UInt64, epoch: Int, expected: [Int32]) {
        #expect(SampleOrder(count: 16, seed: seed, shuffle: true).epoch(epoch) == expected)
    }

    @Test("a longer order is frozen too")
    func frozenLong() {
        let order = SampleOrder(count: 1_000, seed: 7, shuffle: true).epoch(4)
        #expect(order.prefix(5) == [710, 510, 416, 702, 953])
        #expect(order.enumerated().reduce(0) { $0 + $1.offset * Int($1.element) } == 244_785_582)
    }

    @Test("every epoch visits every sample once", arguments: [0, 1, 2, 3, 1_437], [0, 1, 4_294_967_295])
    func permutation(count: Int, epoch: Int) {
        let order = SampleOrder(count: count, seed: 5, shuffle: true).epoch(epoch)
        #expect(order.sorted() == (0..<count).map { Int32($0) })
    }

    @Test("without shuffling every epoch is the file's order")
    func fileOrder() {
        let order = SampleOrder(count: 5, seed: 42, shuffle: false)
        #expect(order.epoch(0) == [0, 1, 2, 3, 4])
        #expect(order.epoch(9) == [0, 1, 2, 3, 4])
    }
}
