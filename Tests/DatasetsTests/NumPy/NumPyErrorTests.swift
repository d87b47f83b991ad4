import Datasets
import Foundation
import Spec
import TestSupport
import Testing

@Suite("Bad NumPy files get a sentence")
struct NumPyErrorTests {
    let directory: TemporaryDirectory
    let archive = Fixture.url("arrays/stored.npz").path

    init() throws { directory = try TemporaryDirectory() }

    private func read(
        _ features: String, _ labels: String = "classes", task: LearningTask = .classification
    ) throws(DataError) -> Dataset {
        try Dataset.load(NumPyReadingTests.archive("stored", features, labels), task: task)
    }

    @Test("arrays that hold no samples, or none that can be read")
    func arrays() {
        expect(
            .wrongFormat, "FILE: the file has no array `x_tarin`; it has ", path: archive, isPrefix: true
        ) { () throws(DataError) in try read("x_tarin") }
        expect(
            .wrongShape, "FILE[scalar]: the array is a single number; samples lie along the first axis",
            path: archive
        ) { () throws(DataError) in try read("scalar") }
        expect(.empty, "FILE[nothing]: the array [0, 4] holds no samples", path: archive) {
            () throws(DataError) in try read("nothing")
        }
        let types =
            "whole numbers, booleans and floating-point numbers of up to 8 bytes can be read"
        expect(
            .wrongFormat, "FILE[complex]: the file has elements of the type `<c8`; \(types)", path: archive
        ) { () throws(DataError) in try read("complex") }
        expect(
            .wrongFormat, "FILE[text]: the file has elements of the type `<U1`; \(types)", path: archive
        ) { () throws(DataError) in try read("text") }
    }

    @Test("numbers that are no features and no labels")
    func numbers() {
        expect(
            .nonFinite,
            "FILE[not_finite]: sample 1 (counted from 0) has a value at 5 that is not a finite 32-bit number",
            path: archive
        ) { () throws(DataError) in try read("not_finite") }
        expect(
            .nonFinite,
            "FILE[too_large]: sample 0 (counted from 0) has a value at 1 that is not a finite 32-bit number",
            path: archive
        ) { () throws(DataError) in try read("too_large") }
        let rule = "not a class index, a whole number from 0 to 16777215"
        expect(.badLabel, "FILE[half]: label 1 (counted from 0) is 0.5, \(rule)", path: archive) {
            () throws(DataError) in try read("targets", "half")
        }
        expect(.badLabel, "FILE[negative]: label 1 (counted from 0) is -1.0, \(rule)", path: archive) {
            () throws(DataError) in try read("targets", "negative")
        }
        expect(
            .countMismatch, "FILE[targets]: this array has 3 samples, but FILE[four] has 4 labels",
            path: archive
        ) { () throws(DataError) in try read("targets", "four") }
    }

    @Test("files that are cut off, too long, or no NumPy files")
    func files() throws {
        let labels = Fixture.url("arrays/classes.npy").path
        let good = [UInt8](try Data(contentsOf: Fixture.url("arrays/f8_little_rows.npy")))
        func expectFor(_ code: DataError.Code, _ sentence: String, _ bytes: [UInt8]) throws {
            let path = try directory.file("bad.npy", bytes)
            expect(code, sentence, path: path) { () throws(DataError) in
                try Dataset.load(
                    .npy(NPYSourceSpec(features: path, labels: labels)), task: .classification)
            }
        }
        let asked = "the header asks for 320 bytes (<f8 [3, 2, 4]), but there are"
        try expectFor(.truncated, "FILE: \(asked) 317", good.dropLast(3))
        try expectFor(.trailingBytes, "FILE: \(asked) 321", good + [0])
        try expectFor(.wrongFormat, "FILE: the file is cut off in its header", Array(good.prefix(60)))
        try expectFor(
            .wrongFormat, "FILE: the file is not a NumPy file: it does not start with \\x93NUMPY",
            Array("1,2,3\n".utf8))
        try expectFor(.empty, "FILE: the file is empty", [])
        let table = try directory.file("table.npz", "1,2\n")
        expect(.wrongFormat, "FILE: the file is not an NPZ archive: Not a zip archive", path: table) {
            () throws(DataError) in
            try Dataset.load(
                .npz(NPZSourceSpec(path: table, features: "x", labels: "y")), task: .classification)
        }
        let missing = "\(directory.path)/none.npz"
        expect(.missingFile, "FILE: there is no such file", path: missing) { () throws(DataError) in
            try Dataset.load(
                .npz(NPZSourceSpec(path: missing, features: "x", labels: "y")), task: .classification)
        }
    }
}

private func expect(
    _ code: DataError.Code, _ sentence: String, path: String, isPrefix: Bool,
    from body: () throws(DataError) -> Dataset
) {
    do {
        _ = try body()
        Issue.record("expected: \(sentence)")
    } catch {
        #expect(error.code == code)
        #expect(error.description.hasPrefix(sentence.replacing("FILE", with: path)), "\(error)")
    }
}
