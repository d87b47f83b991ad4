import Datasets
import Foundation
import Spec
import TestSupport
import Testing

/// The files are NumPy's own (Tests/Fixtures/arrays_reference.py), and so are the numbers that must come out.
@Suite("NumPy's arrays as samples")
struct NumPyReadingTests {
    static let reference = try? Fixture.decode("arrays/reference.json", as: [String: [Float]].self)
    /// `f4_big_columns` and the others; targets are called otherwise.
    static let arrays = (reference ?? [:]).keys.filter {
        $0.split(separator: "_").count == 3 && $0 != "classes_of_floats"
    }
    .sorted()
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    static func archive(_ name: String, _ features: String, _ labels: String) -> SourceSpec {
        .npz(
            NPZSourceSpec(
                path: Fixture.url("arrays/\(name).npz").path, features: features, labels: labels))
    }

    private static func file(_ name: String, labels: String = "classes.npy") -> SourceSpec {
        .npy(
            NPYSourceSpec(
                features: Fixture.url("arrays/\(name)").path, labels: Fixture.url("arrays/\(labels)").path))
    }

    private func expected(_ name: String) throws -> [Float] {
        try #require(Self.reference?[name])
    }

    @Test("of every type and order, stored and packed, in memory and in files", arguments: arrays)
    func types(name: String) throws {
        for archive in ["stored", "packed"] {
            for limit in [Int.max, 0] {
                let storage = SampleStorage(memoryLimit: limit, directory: directory.path)
                let dataset = try Dataset.load(
                    Self.archive(archive, name, "classes"), task: .classification, storage: storage)
                #expect(dataset.featureShape == [2, 4])
                #expect(try dataset.gathered() == expected(name))
                #expect(dataset.labels == [2, 0, 1] && dataset.classCount == 3)
            }
        }
    }

    @Test("all types are there")
    func matrix() {
        // Twelve types, nine of them in both byte orders, each in both memory orders.
        #expect(Self.arrays.count == 2 * (3 + 2 * 9))
    }

    @Test("files of their own, of both versions, plain and gzip-compressed")
    func files() throws {
        for (file, name) in [
            ("f8_little_rows.npy", "f8_little_rows"), ("f4_big_columns.npy", "f4_big_columns"),
            ("version2.npy", "i2_little_rows"), ("u1.npy.gz", "u1_byte_rows"),
        ] {
            for limit in [Int.max, 0] {
                let storage = SampleStorage(memoryLimit: limit, directory: directory.path)
                let dataset = try Dataset.load(Self.file(file), task: .classification, storage: storage)
                #expect(try dataset.gathered() == expected(name), "\(file) \(limit)")
                #expect(dataset.storedBytes == 0 || limit > 0)
            }
        }
    }

    @Test("labels: classes, those of positions, and targets of one and of several columns")
    func labels() throws {
        let features = "f4_little_rows"
        let floats = try Dataset.load(
            Self.archive("stored", features, "classes_of_floats"), task: .classification)
        #expect(floats.labels == [2, 0, 1] && floats.labelsPerSample == 1)
        let positions = try Dataset.load(
            Self.archive("stored", features, "positions"), task: .classification)
        #expect(positions.labels == [1, 0, 0, 3, 2, 2] && positions.labelsPerSample == 2)
        let one = try Dataset.load(Self.archive("stored", features, "targets"), task: .regression)
        #expect(one.values == [0.5, -1.5, 2.25] && one.targetShape == [1])
        let several = try Dataset.load(
            Self.archive("packed", features, "targets_columns"), task: .regression)
        #expect(several.values == [0.5, 4, 1, -1.5, 5, 2, 2.25, 6, 3] && several.targetShape == [3])
    }

    @Test("an array of one axis has one value a sample")
    func vector() throws {
        let dataset = try Dataset.load(Self.archive("stored", "targets", "classes"), task: .classification)
        #expect(dataset.featureShape == [1] && dataset.gathered() == [0.5, -1.5, 2.25])
    }

    @Test("the same samples have the same fingerprint wherever they lie")
    func fingerprint() throws {
        let sources = [
            Self.archive("stored", "f8_little_rows", "classes"),
            Self.archive("packed", "f4_big_columns", "classes"),
            Self.file("f8_little_rows.npy"), Self.file("f4_big_columns.npy"),
        ]
        let prints = try sources.flatMap { source in
            try [Int.max, 0].map { limit in
                let storage = SampleStorage(memoryLimit: limit, directory: directory.path)
                return try Dataset.load(source, task: .classification, storage: storage).fingerprint()
            }
        }
        #expect(Set(prints).count == 1)
    }

    @Test(
        "a large array in Fortran's order has the samples that its formula says, in memory and in files",
        arguments: [[3_000_000, 2, 3], [2, 9_000_000], [17, 1_000_003], [20_000_000, 1, 2]])
    func largeTransposed(shape: [Int]) throws {
        let directory = try TemporaryDirectory()
        let sizes = shape.map { "\($0)," }.joined()
        var text = "{'descr': '|u1', 'fortran_order': True, 'shape': (\(sizes)), }"
        text += String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        // Element (i, j, k) is (i + 3 j + 5 k) mod 251; the first index runs fastest.
        let inner = shape.count == 3 ? shape[2] : 1
        var bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8)
        bytes.reserveCapacity(bytes.count + shape.reduce(1, *))
        for k in 0..<inner {
            for j in 0..<shape[1] {
                for i in 0..<shape[0] { bytes.append(UInt8((i + 3 * j + 5 * k) % 251)) }
            }
        }
        let features = try directory.file("x.npy", bytes)
        let labels = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(shape[0]),), }"
        let header = labels + String(repeating: " ", count: 117 - labels.utf8.count) + "\n"
        let zeros = try directory.file(
            "y.npy",
            [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
                + [UInt8](repeating: 0, count: shape[0]))
        let source = SourceSpec.npy(NPYSourceSpec(features: features, labels: zeros))
        for limit in [Int.max, 1 << 20] {
            let dataset = try Dataset.load(
                source, task: .classification,
                storage: SampleStorage(memoryLimit: limit, directory: directory.path))
            let rows = [0, 1, shape[0] / 2, shape[0] - 1].map { Int32($0) }
            let expected = rows.flatMap { i in
                (0..<shape[1]).flatMap { j in
                    (0..<inner).map { k in Float((Int(i) + 3 * j + 5 * k) % 251) }
                }
            }
            #expect(dataset.gathered(rows) == expected)
        }
    }
}
