import Datasets
import Testing

@Suite("Data sets in memory")
struct DatasetTests {
    private func dataset() throws -> Dataset {
        try Dataset(
            features: .bytes(Array(0..<12)), featureShape: [2, 2],
            targets: .classes([3, 1, 0], classCount: 4))
    }

    private func values() throws -> Dataset {
        try Dataset(
            features: .floats([1.5, -2, 3]), featureShape: [1],
            targets: .values([1, 2, 3, 4, 5, 6], shape: [2]))
    }

    @Test("rows are gathered in the order asked for, repeated ones too")
    func gather() throws {
        #expect(try dataset().gathered([2, 0, 2]) == [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11])
        #expect(try values().gathered([1]) == [-2])
        #expect(try values().values == [1, 2, 3, 4, 5, 6])
        #expect(try dataset().gathered([]) == [])
    }

    @Test("a subset shows its rows in its own order, and a subset of it counts in its rows")
    func subset() throws {
        let subset = try dataset().subset(rows: [2, 0])
        #expect(subset.count == 2)
        #expect(subset.gathered() == [8, 9, 10, 11, 0, 1, 2, 3])
        #expect(subset.labels == [0, 3])
        #expect(subset.classCount == 4)
        #expect(subset.subset(rows: [1]).gathered() == [0, 1, 2, 3])
        #expect(try values().subset(rows: [2, 1]).values == [5, 6, 3, 4])
    }

    @Test("scaling and subsets go together in either order, and the last scaling counts")
    func scaledSubset() throws {
        let halved = try dataset().scaled(by: .divide(by: 2))
        #expect(halved.scaling == .divide(by: 2))
        #expect(halved.subset(rows: [1]).gathered() == [2, 2.5, 3, 3.5])
        #expect(try halved.subset(rows: [1]).scaled(by: .divide(by: 4)).gathered() == [1, 1.25, 1.5, 1.75])
    }

    @Test(
        "samples that are not whole, not there, or not labelled",
        arguments: [
            (
                11, [2, 2], 3, DataError.Code.wrongShape,
                "11 feature values are not a whole number of samples of shape [2, 2]"
            ),
            (0, [2, 2], 0, .empty, "a data set needs at least one sample"),
            (
                12, [2, 0], 3, .wrongShape,
                "the shape [2, 0] of features is not a list of sizes of at least 1"
            ),
            (12, [2, 2], 4, .countMismatch, "there are 3 samples but 4 labels"),
        ])
    func badFeatures(count: Int, shape: [Int], labels: Int, code: DataError.Code, sentence: String) {
        expect(code, sentence) { () throws(DataError) in
            try Dataset(
                features: .bytes([UInt8](repeating: 0, count: count)), featureShape: shape,
                targets: .classes([Int32](repeating: 0, count: labels), classCount: 1))
        }
    }

    @Test("targets that do not fit")
    func badTargets() {
        expect(.badLabel, "label 4 is not in 0 ..< 4") { () throws(DataError) in
            try Dataset(
                features: .bytes([1, 2]), featureShape: [1], targets: .classes([3, 4], classCount: 4))
        }
        expect(.badLabel, "label -1 is not in 0 ..< 4") { () throws(DataError) in
            try Dataset(
                features: .bytes([1, 2]), featureShape: [1], targets: .classes([-1, 4], classCount: 4))
        }
        expect(
            .countMismatch, "there are 2 samples but 5 target values, where each needs 2"
        ) { () throws(DataError) in
            try Dataset(
                features: .bytes([1, 2]), featureShape: [1], targets: .values([1, 2, 3, 4, 5], shape: [2]))
        }
    }

    @Test("sequences of labels are as long as they say, and their labels classes")
    func sequences() throws {
        func make(_ labels: [Int32], length: Int) throws(DataError) -> Dataset {
            try Dataset(
                features: .floats([1, 2]), featureShape: [1],
                targets: .sequences(labels, length: length, classCount: 3))
        }
        #expect(try make([0, 1, 2, 0], length: 2).labels == [0, 1, 2, 0])
        #expect(throws: DataError(.countMismatch, "there are 2 samples but 4 labels, where each needs 3")) {
            try make([0, 1, 2, 0], length: 3)
        }
        #expect(throws: DataError(.badLabel, "label 3 is not in 0 ..< 3")) { try make([0, 3], length: 1) }
        #expect(throws: DataError.self) { try make([], length: 0) }
    }
}
