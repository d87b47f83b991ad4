import Datasets
import Files
import Foundation
import Spec
import TestSupport
import Testing

@Suite("Samples to be predicted")
struct UnlabelledSampleTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func read(
        _ path: String, _ source: SourceSpec, input: [Int], most: Int = .max, names: SampleNames? = nil
    ) throws(DataError) -> UnlabelledSamples {
        try UnlabelledSamples(
            path: path, SampleFormat(trainedOn: source, input: input, names: names), most: most,
            storage: SampleStorage(memoryLimit: .max, directory: directory.path), files: .own)
    }

    private let named = SourceSpec.csv(CSVSourceSpec(path: "", label: "kind"))
    private let counted = SourceSpec.csv(CSVSourceSpec(path: "", label: "0", header: false))
    private let other = SourceSpec.idx(IDXSourceSpec(images: "", labels: ""))

    @Test("tables with the labels and without them")
    func tables() throws {
        let expected: [Float] = [1, 2, 3, 4]
        for (text, source) in [
            ("a,b\n1,2\n3,4\n", named), ("a,kind,b\n1,rose,2\n3,\"a, b\",4\n", named),
            ("kind,a,b\n,1,2\n7,3,4", named), ("1,2\n3,4\n", counted), ("x,1,2\n,3,4\n", counted),
            ("label,a,b\n5,1,2\n6,3,4\n", counted), ("1,2\n3,4\n", other), ("a,b\n1,2\n3,4\n", other),
            ("1,2\n3,4\n", named),
        ] {
            let path = try directory.file("table.csv", text)
            let samples = try read(path, source, input: [2])
            #expect(samples.dataset.gathered() == expected, "\(text)")
            #expect(samples.dataset.classCount == nil && samples.dataset.targetShape == nil)
        }
        // What is read stops with the rows that are asked for.
        let path = try directory.file("long.csv", (0..<50).map { "\($0),0\n" }.joined())
        #expect(try read(path, other, input: [2], most: 3).dataset.count == 3)
    }

    @Test("tables that do not fit say where")
    func badTables() throws {
        func expectFor(
            _ text: String, _ source: SourceSpec, _ code: DataError.Code, _ sentence: String
        ) throws {
            let path = try directory.file("bad.csv", text)
            expect(code, sentence, path: path) { () throws(DataError) in
                try read(path, source, input: [2]).dataset
            }
        }
        try expectFor(
            "a,b,c,d\n1,2,3,4\n", named, .wrongColumnCount,
            "FILE:1: the line has 4 columns, but `model.input` [2] takes 2, or 3 with the labels")
        try expectFor(
            "1\n", other, .wrongColumnCount, "FILE:1: the line has 1 column, but `model.input` [2] takes 2")
        try expectFor(
            "a,b\n1,2\n3\n", named, .wrongColumnCount, "FILE:3: the line has 1 column, but line 1 has 2")
        try expectFor(
            "a,b\n1,x\n", named, .notANumber, "FILE:2: column \"b\": \"x\" is not a number")
        try expectFor("a,b\n", named, .empty, "FILE: the file has a header but no rows")
    }

    @Test("the columns of a table are those of the training data, by their names")
    func names() throws {
        let trained = SampleNames(columns: ["a", "kind", "b"], labels: [1])
        for text in [
            "a,b\n1,2\n3,4\n", "b,a\n2,1\n4,3\n", "b,kind,a\n2,rose,1\n4,,3\n", "kind,b,a\n1,2,1\n0,4,3\n",
            // Without a header by their places, the label's where it stood.
            "1,2\n3,4\n", "1,rose,2\n3,lily,4\n",
        ] {
            let path = try directory.file("table.csv", text)
            let samples = try read(path, named, input: [2], names: trained)
            #expect(samples.dataset.gathered() == [1, 2, 3, 4], "\(text)")
        }
        // As pandas names the columns of an array.
        let counted = SampleNames(columns: ["0", "1", "label"], labels: [2])
        for text in [
            "0,1\n1,2\n3,4\n", "1,0\n2,1\n4,3\n", "0,1,label\n1,2,9\n3,4,9\n", "1,2\n3,4\n", "1,2,9\n3,4,9\n",
        ] {
            let path = try directory.file("table.csv", text)
            let samples = try read(
                path, .csv(CSVSourceSpec(path: "", label: "label")), input: [2], names: counted)
            #expect(samples.dataset.gathered() == [1, 2, 3, 4], "\(text)")
        }
        let path = try directory.file("strange.csv", "label,a,b\n1,2,3\n")
        expect(
            .columnNames,
            "FILE:1: column \"label\": the training data has no such column; its features are \"a\", \"b\" with the label \"kind\"",
            path: path
        ) { () throws(DataError) in try read(path, named, input: [2], names: trained).dataset }
        // Where the training data had no names, these say nothing.
        let plain = try directory.file("named.csv", "b,a\n1,2\n3,4\n")
        #expect(
            try read(plain, named, input: [2], names: SampleNames(labels: [2])).dataset.gathered() == [
                1, 2, 3, 4,
            ])
    }

    @Test("arrays, IDX files, pictures and folders of them")
    func others() throws {
        let array = Fixture.url("arrays/f8_little_rows.npy").path
        let reference = try Fixture.decode("arrays/reference.json", as: [String: [Float]].self)
        #expect(try read(array, other, input: [8]).dataset.gathered() == reference["f8_little_rows"])

        let images = try directory.file("images", idx([2, 2, 2], Array(1...8)))
        #expect(try read(images, other, input: [4]).dataset.gathered() == (1...8).map { Float($0) })

        let pictures = try Fixture.decode("pictures.json", as: [String: [String: [Float]]].self)
        let source = SourceSpec.images(ImagesSourceSpec(directory: "", size: [6, 9]))
        let one = try read(Fixture.url("pictures/rose/b.jpg").path, source, input: [3, 6, 9])
        #expect(one.dataset.gathered() == pictures["colour"]?["rose/b.jpg"] && one.names == nil)
        let plain = try read(Fixture.url("pictures/rose").path, other, input: [1, 6, 9])
        #expect(plain.names == ["a.png", "b.jpg", "c.JPEG"])
        #expect(
            plain.dataset.gathered()
                == ["rose/a.png", "rose/b.jpg", "rose/c.JPEG"].flatMap { pictures["grey"]?[$0] ?? [] })
        let all = try read(Fixture.url("pictures").path, source, input: [162], most: 3)
        #expect(all.names == ["Tulip, wild/alpha.png", "Tulip, wild/bits.png", "rose/a.png"])
    }

    /// An array of 32-bit numbers of which the first is not one.
    private func array(_ shape: [Int]) throws -> String {
        let sizes = shape.map { "\($0)," }.joined()
        var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sizes)), }"
        text += String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        let nan: [UInt8] = [0, 0, 0xC0, 0x7F]
        let numbers = nan + [UInt8](repeating: 0, count: 4 * (shape.reduce(1, *) - 1))
        return try directory.file(
            "array.npy", [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + numbers)
    }

    @Test("samples of other axes are refused before they are read, and axes of size 1 count nothing")
    func axes() throws {
        for (shape, input) in [
            ([2, 4], [2, 4]), ([2, 4], [8]), ([8], [2, 4]), ([1, 2, 4], [2, 4]), ([2, 4], [2, 1, 4]),
            ([1, 8, 1], [2, 4]), ([2, 4, 1], [1, 2, 4]),
        ] {
            let path = try array([3] + shape)
            expect(
                .nonFinite,
                "FILE: sample 0 (counted from 0) has a value at 0 that is not a finite 32-bit number",
                path: path
            ) { () throws(DataError) in try read(path, other, input: input).dataset }
        }
        for (shape, input) in [([2, 4], [4, 2]), ([4, 4, 3], [3, 4, 4]), ([2, 2, 2], [4, 2])] {
            let sentence =
                "FILE: a sample is \(shape), but `model.input` is \(input), and nothing says which axis is which; "
                + "move the axes to where the model has them"
            let path = try array([3] + shape)
            expect(.wrongShape, sentence, path: path) { () throws(DataError) in
                try read(path, other, input: input).dataset
            }
            let bytes = try directory.file("cut.idx", idx([3] + shape, []))
            expect(.wrongShape, sentence, path: bytes) { () throws(DataError) in
                try read(bytes, other, input: input).dataset
            }
        }
        let path = try array([3, 2, 4])
        expect(
            .wrongShape, "FILE: a sample has 8 values ([2, 4]), but `model.input` [9] takes 9", path: path
        ) { () throws(DataError) in try read(path, other, input: [9]).dataset }
    }

    @Test("a flat input takes pictures of exactly its size")
    func flatPictures() throws {
        let picture = Fixture.url("pictures/rose/a.png").path
        expect(
            .wrongShape,
            "FILE: the picture has 13 x 20 pixels, but the flat `model.input` [4] takes one of 2 x 2, and resizes none",
            path: picture
        ) { () throws(DataError) in try read(picture, other, input: [4]).dataset }
    }

    @Test("what does not fit is told with the file")
    func badOthers() throws {
        let array = Fixture.url("arrays/f8_little_rows.npy").path
        expect(
            .wrongShape, "FILE: a sample has 8 values ([2, 4]), but `model.input` [784] takes 784",
            path: array
        ) { () throws(DataError) in try read(array, other, input: [784]).dataset }
        let archive = Fixture.url("arrays/stored.npz").path
        expect(
            .wrongFormat,
            "FILE: this is an archive; of several arrays save the one with the samples by numpy.save",
            path: archive
        ) { () throws(DataError) in try read(archive, other, input: [8]).dataset }
        let program = try directory.file("program", [0x7F, 0x45, 0x4C, 0x46, 0, 0])
        expect(
            .wrongFormat,
            "FILE: this is a program, and none of the kinds that are read: CSV, NPY, IDX, PNG, JPEG, a folder of pictures",
            path: program
        ) { () throws(DataError) in try read(program, other, input: [8]).dataset }
        for (name, start) in [
            ("a GIF picture", Array("GIF89a".utf8)), ("a WebP picture", Array("RIFFxxxxWEBPVP8".utf8)),
            ("text in UTF-16, where UTF-8 is needed", [0xFF, 0xFE, 0x31, 0]),
            ("a web page", Array("<!DOCTYPE html>".utf8)),
            ("a file of bytes that are no text", [0x31, 0x01, 0x32]),
        ] {
            let file = try directory.file("file", start)
            let error = #expect(throws: DataError.self) { try read(file, other, input: [8]) }
            #expect(error?.problem.hasPrefix("this is \(name), and none") == true)
        }
        let picture = Fixture.url("pictures/rose/b.jpg").path
        expect(
            .wrongShape,
            "FILE: `model.input` [13] takes no pictures; those are [height, width] or [channels, height, width]",
            path: picture
        ) { () throws(DataError) in try read(picture, other, input: [13]).dataset }
    }
}
