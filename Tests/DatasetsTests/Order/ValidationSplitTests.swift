import Datasets
import Testing

@Suite("Setting samples aside for validation")
struct ValidationSplitTests {
    /// From an implementation in Python: the rows may never change, or a resumed job would train on them.
    @Test("frozen rows")
    func frozen() throws {
        #expect(try validationSplit(count: 20, fraction: 0.25, seed: 42).validation == [0, 8, 10, 17, 18])
        let digits = try validationSplit(count: 1_437, fraction: 0.1, seed: 42).validation
        #expect(digits.count == 144)
        #expect(digits.prefix(8) == [5, 7, 27, 31, 32, 49, 54, 79])
        #expect(digits.reduce(0) { $0 + Int($1) } == 98_673)
    }

    @Test(
        "both sides ascend, and together they are every row once", arguments: [2, 3, 10, 999],
        [0.01, 0.3, 0.5, 0.99])
    func partition(count: Int, fraction: Double) throws {
        let split = try validationSplit(count: count, fraction: fraction, seed: 3)
        #expect(split.train == split.train.sorted())
        #expect(split.validation == split.validation.sorted())
        #expect((split.train + split.validation).sorted() == (0..<count).map { Int32($0) })
    }

    @Test(
        "the count is rounded, and neither side is ever empty",
        arguments: [
            (10, 0.25, 3), (10, 0.24, 2), (1_000, 0.1, 100), (10, 0.001, 1), (10, 0.999, 9), (2, 0.5, 1),
        ])
    func size(count: Int, fraction: Double, expected: Int) throws {
        #expect(try validationSplit(count: count, fraction: fraction, seed: 0).validation.count == expected)
    }

    @Test("another seed sets other rows aside")
    func seeds() throws {
        let first = try validationSplit(count: 100, fraction: 0.2, seed: 1).validation
        #expect(try validationSplit(count: 100, fraction: 0.2, seed: 2).validation != first)
    }

    @Test("one sample cannot be split")
    func one() {
        let error = #expect(throws: DataError.self) { try validationSplit(count: 1, fraction: 0.5, seed: 0) }
        #expect(error?.code == .empty)
        #expect(
            error?.description
                == "a data set of size 1 cannot be split for validation; at least 2 samples are needed")
    }
}
