import Datasets
import Files
import Foundation
import Spec
import TestSupport
import Testing

/// The pictures are Pillow's (Tests/Fixtures/pictures_reference.py), and so are the bytes that must come out.
@Suite("Folders of pictures")
struct ImageReadingTests {
    let directory: TemporaryDirectory
    let pictures = Fixture.url("pictures").path
    /// By `colour` and `grey`, then by the file.
    let reference: [String: [String: [Float]]]

    init() throws {
        directory = try TemporaryDirectory()
        reference = try Fixture.decode("pictures.json")
    }

    /// In the order of samples: classes and files by their names' bytes.
    private let files = [
        "Tulip, wild/alpha.png", "Tulip, wild/bits.png", "rose/a.png", "rose/b.jpg", "rose/c.JPEG",
        "tulip/grey.jpg", "tulip/grey.png", "tulip/palette.png",
    ]

    @Test("classes and files in the order of their names, resized as Pillow does", arguments: [1, 3])
    func reading(channels: Int) throws {
        let source = SourceSpec.images(
            ImagesSourceSpec(directory: pictures, size: [6, 9], channels: channels))
        let expected = try files.flatMap { file in
            try #require(reference[channels == 1 ? "grey" : "colour"]?[file])
        }
        for limit in [Int.max, 0] {
            let storage = SampleStorage(memoryLimit: limit, directory: directory.path)
            let dataset = try Dataset.load(source, task: .classification, storage: storage)
            #expect(dataset.featureShape == [channels, 6, 9] && dataset.classCount == 3)
            #expect(dataset.labels == [0, 0, 1, 1, 1, 2, 2, 2])
            #expect(dataset.gathered() == expected)
        }
    }

    @Test("the classes of other pictures must be those of the training data")
    func otherClasses() throws {
        let source = SourceSpec.images(ImagesSourceSpec(directory: pictures, size: [4, 4]))
        func load(_ classes: [String]) throws(DataError) -> Dataset {
            try Dataset.load(
                source, task: .classification, storage: .standard(), files: .own,
                like: SampleNames(classes: classes))
        }
        let names = try load(["Tulip, wild", "rose", "tulip"]).names
        #expect(names == SampleNames(classes: ["Tulip, wild", "rose", "tulip"]))
        expect(
            .badLabel,
            "FILE: the training data has no such class: the classes here are \"Tulip, wild\", \"rose\", \"tulip\", and those of the training data \"Tulip, wild\", \"rose\"",
            path: pictures + "/tulip"
        ) { () throws(DataError) in try load(["Tulip, wild", "rose"]) }
        expect(
            .badLabel,
            "FILE: there is no folder \"lily\", and classes count in the order of their names: the classes here are \"Tulip, wild\", \"rose\", \"tulip\", and those of the training data \"Tulip, wild\", \"lily\", \"rose\", \"tulip\"",
            path: pictures
        ) { () throws(DataError) in try load(["Tulip, wild", "lily", "rose", "tulip"]) }
    }

    private func expectFor(
        _ code: DataError.Code, _ sentence: String, _ file: String, _ bytes: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = "\(directory.path)/set"
        try? FileManager.default.removeItem(atPath: folder)
        let path = "\(folder)/\(file)"
        try FileManager.default.createDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: path))
        expect(code, sentence, path: path, sourceLocation: sourceLocation) { () throws(DataError) in
            try Dataset.load(
                .images(ImagesSourceSpec(directory: folder, size: [4, 4])), task: .classification)
        }
    }

    @Test("pictures that cannot be read get a sentence")
    func bad() throws {
        func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: Fixture.url(name))) }
        let png = try bytes("pictures/rose/a.png")
        try expectFor(
            .truncated, "FILE: the picture is damaged or cut off (the file is cut off)", "a/x.png",
            Array(png.prefix(400)))
        let jpeg = try bytes("pictures/rose/b.jpg")
        try expectFor(
            .truncated, "FILE: the picture is damaged or cut off (Premature end of JPEG file)", "a/x.jpg",
            Array(jpeg.prefix(900)))
        try expectFor(
            .tooLarge,
            "FILE: the picture has 50000 x 50000 pixels; at most 67108864 and 65535 along a side are read",
            "a/x.png", try bytes("odd_pictures/enormous.png"))
        try expectFor(
            .unsupportedType, "FILE: the picture cannot be read, since its colours are CMYK", "a/x.jpg",
            try bytes("odd_pictures/cmyk.jpg"))
        // libjpeg-turbo warns of this byte by JWRN_HUFF_BAD_CODE alone, and decodes all rows.
        var photo = try bytes("pictures/rose/b.jpg")
        photo[1038] = 0x5A
        try expectFor(
            .truncated, "FILE: the picture is damaged or cut off (Corrupt JPEG data: bad Huffman code)",
            "a/x.jpg",
            photo)
        try expectFor(
            .wrongFormat, "FILE: this is neither a PNG nor a JPEG file", "a/x.png", Array("GIF89a".utf8))
        try expectFor(
            .unsupportedType, "FILE: only PNG and JPEG pictures are read; convert this one", "a/x.webp", png)
        let folder = "\(directory.path)/set"
        try FileManager.default.removeItem(atPath: "\(folder)/a/x.webp")
        expect(
            .empty, "FILE/a: the class has no pictures; put PNG or JPEG files there, or remove the folder",
            path: folder
        ) { () throws(DataError) in
            try Dataset.load(
                .images(ImagesSourceSpec(directory: folder, size: [4, 4])), task: .classification)
        }
        try FileManager.default.removeItem(atPath: "\(folder)/a")
        expect(
            .empty, "FILE: there are no folders in it, of which each would hold a class's pictures",
            path: folder
        ) { () throws(DataError) in
            try Dataset.load(
                .images(ImagesSourceSpec(directory: folder, size: [4, 4])), task: .classification)
        }
    }
}
