import Datasets
import Foundation
import Spec
import TestSupport
import Testing

/// 2,000 damaged files: each is read as a data set or refused with a sentence, and none stops the process.
@Suite("Damaged files never crash the reader")
struct MutationTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("mutated IDX files")
    func idxFiles() throws {
        let labels = try directory.file("labels", idx([4], [0, 1, 2, 3]))
        let images = idx([4, 2, 2], Array(0..<16))
        try check(images, count: 600) { path throws(DataError) in try readIDX(images: path, labels: labels) }
    }

    @Test("mutated compressed IDX files")
    func compressedFiles() throws {
        let images = try directory.file("images", idx([4, 2, 2], Array(0..<16)))
        let labels = storedGzip(idx([4], [0, 1, 2, 3]))
        try check(labels, count: 600) { path throws(DataError) in try readIDX(images: images, labels: path) }
    }

    @Test("mutated tables")
    func tables() throws {
        let table = Array("a,\"b\",y\r\n1,-2.5e3,0\n\n\"3\",4,1\n5, .5 ,2".utf8)
        try check(table, count: 800) { path throws(DataError) in try readTable(path, label: "y") }
    }

    @Test("mutated arrays and archives", arguments: ["stored.npz", "packed.npz", "f4_big_columns.npy"])
    func arrays(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Fixture.url("arrays/\(name)")))
        let labels = Fixture.url("arrays/classes.npy").path
        try check(bytes, count: 400, outcomes: 3) { path throws(DataError) in
            let source: SourceSpec =
                name.hasSuffix("npz")
                ? .npz(NPZSourceSpec(path: path, features: "u2_big_columns", labels: "classes"))
                : .npy(NPYSourceSpec(features: path, labels: labels))
            return try Dataset.load(source, task: .classification)
        }
    }

    @Test("mutated pictures", arguments: ["rose/a.png", "rose/b.jpg", "rose/c.JPEG", "tulip/palette.png"])
    func pictures(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Fixture.url("pictures/\(name)")))
        let folder = "\(directory.path)/pictures"
        try FileManager.default.createDirectory(atPath: "\(folder)/a", withIntermediateDirectories: true)
        try check(bytes, count: 400, outcomes: 2) { path throws(DataError) in
            let picture = "\(folder)/a/mutated.png"
            _ = try? FileManager.default.removeItem(atPath: picture)
            try? FileManager.default.copyItem(atPath: path, toPath: picture)
            return try Dataset.load(
                .images(ImagesSourceSpec(directory: folder, size: [4, 4])), task: .classification)
        }
    }

    private func check(
        _ bytes: [UInt8], count: Int, outcomes least: Int = 4,
        read: (String) throws(DataError) -> Dataset
    ) throws {
        var mutator = Mutator(state: 1)
        var outcomes: Set<String> = []
        for _ in 0..<count {
            let path = try directory.file("mutated", mutator.mutated(bytes))
            do throws(DataError) {
                let dataset = try read(path)
                let isFinite = dataset.gathered().allSatisfy { $0.isFinite }
                #expect(isFinite)
                #expect(dataset.labels.count == dataset.count)
                outcomes.insert("read")
            } catch {
                #expect(!error.problem.isEmpty)
                #expect(error.file != nil)
                outcomes.insert(error.code.rawValue)
            }
        }
        // Mutations that are all refused at the same place would show nothing.
        #expect(outcomes.count >= least)
    }
}

/// Damages bytes: the same damage in every run.
private struct Mutator {
    var state: UInt64

    private mutating func number(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    /// The bytes with one to three of them changed, left out or added, or with their end cut off.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...number(below: 3) {
            guard !bytes.isEmpty else { break }
            let place = number(below: bytes.count)
            switch number(below: 8) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(UInt8(number(below: 256)), at: place)
            case 2: bytes.removeSubrange(place...)
            case 3: bytes[place] ^= 1 << number(below: 8)
            case 4: bytes[place] = bytes[number(below: bytes.count)]
            default: bytes[place] = UInt8(number(below: 256))
            }
        }
        return bytes
    }
}
