import Datasets
import Testing

@Suite("Fingerprints of data")
struct FingerprintTests {
    private func dataset(
        _ features: Dataset.Features = .bytes(Array(0..<12)), shape: [Int] = [2, 3],
        labels: [Int32] = [3, 1],
        classCount: Int = 4
    ) throws -> Dataset {
        try Dataset(
            features: features, featureShape: shape, targets: .classes(labels, classCount: classCount))
    }

    /// By Python's hashlib over the same bytes.
    @Test("known fingerprints")
    func known() throws {
        #expect(
            try dataset().fingerprint() == "0528c8db3d0555c23bb26094720b1527c5e597563f47183e02036853a5c6ec03")
        let values = try Dataset(
            features: .floats([1.5, -2, 3, 4, 5, 6.25]), featureShape: [2],
            targets: .values([0.5, 1, -1], shape: [1]))
        #expect(
            try values.fingerprint() == "be03d45f473668469e8bdc1a19d6e7296c487203232019a98bb94dff8c6a1943")
    }

    @Test("whatever training could notice changes it")
    func changes() throws {
        let fingerprints = try [
            dataset(),
            dataset(.bytes([1] + Array(1..<12))),
            dataset(.floats((0..<12).map { Float($0) })),
            dataset(shape: [3, 2]),
            dataset(shape: [6]),
            dataset(labels: [1, 3]),
            dataset(classCount: 5),
            dataset().subset(rows: [1, 0]),
            dataset().subset(rows: [0]),
        ].map { try $0.fingerprint() }
        #expect(Set(fingerprints).count == fingerprints.count)
    }

    @Test("a view has the fingerprint of the same rows in a storage of their own, whatever its scaling")
    func view() throws {
        let alone = try dataset(.bytes(Array(6..<12)), labels: [1])
        let view = try dataset().subset(rows: [1]).scaled(by: .divide(by: 255))
        #expect(try view.fingerprint() == alone.fingerprint())
    }
}
