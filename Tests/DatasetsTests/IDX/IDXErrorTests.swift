import Datasets
import Spec
import Testing

@Suite("Bad IDX files get a sentence")
struct IDXErrorTests {
    let directory: TemporaryDirectory
    let goodImages: String
    let goodLabels: String

    init() throws {
        directory = try TemporaryDirectory()
        goodImages = try directory.file("images", idx([2, 1, 2], [1, 2, 3, 4]))
        goodLabels = try directory.file("labels", idx([2], [0, 1]))
    }

    private func expectForImages(
        _ code: DataError.Code, _ sentence: String, _ bytes: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let path = try directory.file("bad", bytes)
        expect(code, sentence, path: path, sourceLocation: sourceLocation) { () throws(DataError) in
            try readIDX(images: path, labels: goodLabels)
        }
    }

    @Test("a file of another kind is named by its first bytes")
    func magic() throws {
        try expectForImages(
            .wrongFormat, "FILE: this is not an IDX file: it starts with 89 50 4e 47, not with 00 00 08 03",
            [0x89, 0x50, 0x4E, 0x47, 0x0D])
        try expectForImages(
            .wrongFormat, "FILE: this is not an IDX file: it starts with 00 00, not with 00 00 08 03", [0, 0])
        try expectForImages(
            .wrongFormat, "FILE: this is not an IDX file: it starts with 00 00 08 00, not with 00 00 08 03",
            [0, 0, 8, 0])
        try expectForImages(.empty, "FILE: the file is empty", [])
    }

    @Test(
        "element types other than bytes are named",
        arguments: [
            (0x09, "signed bytes (type 09)"), (0x0B, "16-bit integers (type 0b)"),
            (0x0C, "32-bit integers (type 0c)"), (0x0D, "32-bit floating-point numbers (type 0d)"),
            (0x0E, "64-bit floating-point numbers (type 0e)"), (0x42, "of an unknown type (42)"),
        ] as [(UInt8, String)])
    func types(code: UInt8, name: String) throws {
        try expectForImages(
            .unsupportedType, "FILE: the elements are \(name); only unsigned bytes (type 08) can be read",
            idx([2, 1, 2], [1, 2, 3, 4], type: code))
    }

    @Test("five axes are too many")
    func rank() throws {
        try expectForImages(
            .wrongShape, "FILE: the file has 5 axes; at most 4 can be read", idx([1, 1, 1, 1, 1], [9]))
    }

    @Test("a short file is told how long it should be", arguments: [false, true])
    func truncated(isCompressed: Bool) throws {
        let form = isCompressed ? storedGzip : { $0 }
        try expectForImages(
            .truncated, "FILE: the header [2, 1, 2] asks for 20 bytes, but the file ends after 19",
            form(idx([2, 1, 2], [1, 2, 3])))
        try expectForImages(
            .truncated, "FILE: the header needs 16 bytes, but the file ends after 6",
            form([0, 0, 8, 3, 0, 0]))
    }

    @Test("a header that asks for much more than the file holds costs no memory")
    func lyingHeader() throws {
        try expectForImages(
            .truncated,
            "FILE: the header [2, 60000, 60000] asks for 7200000016 bytes, but the file ends after 19",
            idx([2, 60_000, 60_000], [1, 2, 3]))
        try expectForImages(
            .tooLarge,
            "FILE: the header [4294967295, 4294967295, 4294967295] asks for more bytes than any memory holds",
            idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], []))
    }

    @Test("a file that is read where it lies is held to its header as well")
    func inPlace() throws {
        for (sentence, code, bytes) in [
            (
                "FILE: the header [2, 1, 2] asks for 20 bytes, but the file ends after 19",
                DataError.Code.truncated,
                idx([2, 1, 2], [1, 2, 3])
            ),
            (
                "FILE: the header [2, 1, 2] asks for 20 bytes, but the file has 22", .trailingBytes,
                idx([2, 1, 2], [1, 2, 3, 4, 5, 6])
            ),
        ] {
            let path = try directory.file("bad", bytes)
            let source = SourceSpec.idx(IDXSourceSpec(images: path, labels: goodLabels))
            let storage = SampleStorage(memoryLimit: 0, directory: directory.path)
            expect(code, sentence, path: path) { () throws(DataError) in
                try Dataset.load(source, task: .classification, storage: storage)
            }
        }
    }

    @Test("bytes after the last sample are an error", arguments: [false, true])
    func trailing(isCompressed: Bool) throws {
        let form = isCompressed ? storedGzip : { $0 }
        try expectForImages(
            .trailingBytes, "FILE: the header [2, 1, 2] asks for 20 bytes, but the file has 22",
            form(idx([2, 1, 2], [1, 2, 3, 4, 5, 6])))
    }

    @Test("a file that goes on and on is not read to its end")
    func bomb() throws {
        try expectForImages(
            .trailingBytes,
            "FILE: the header [2, 1, 2] asks for 20 bytes, but the file has at least 1048596",
            storedGzip(idx([2, 1, 2], [UInt8](repeating: 0, count: 3 << 20))))
    }

    @Test("swapped files are recognised")
    func swapped() throws {
        expect(
            .wrongShape,
            "FILE: this holds labels (00 00 08 01), where images (00 00 08 03) are needed; "
                + "are `images` and `labels` swapped?", path: goodLabels
        ) { () throws(DataError) in
            try readIDX(images: goodLabels, labels: goodImages)
        }
        expect(
            .wrongShape,
            "FILE: this has 3 axes, as images do, where labels (00 00 08 01) are needed; "
                + "are `images` and `labels` swapped?", path: goodImages
        ) { () throws(DataError) in
            try readIDX(images: goodImages, labels: goodImages)
        }
    }

    @Test("no samples, and samples of nothing")
    func empty() throws {
        try expectForImages(.empty, "FILE: the file holds no samples", idx([0, 1, 2], []))
        try expectForImages(
            .empty, "FILE: the header [2, 0, 2] has an axis of size 0, so the samples are empty",
            idx([2, 0, 2], []))
    }

    @Test("unequal counts name both files")
    func counts() throws {
        let labels = try directory.file("three", idx([3], [0, 1, 2]))
        expect(
            .countMismatch, "\(goodImages): this file has 2 images, but \(labels) has 3 labels"
        ) { () throws(DataError) in
            try readIDX(images: goodImages, labels: labels)
        }
    }
}
