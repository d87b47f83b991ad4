import Datasets
import Foundation
import Testing

@Suite("Files that cannot be read get a sentence")
struct InputFileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// `gzip -9n` of "1,2,0\n3,4,1\n".
    private let compressed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x33, 0xD4, 0x31, 0xD2, 0x31, 0xE0, 0x32,
        0xD6,
        0x31, 0xD1, 0x31, 0xE4, 0x02, 0x00, 0x4D, 0x07, 0xE8, 0xBF, 0x0C, 0x00, 0x00, 0x00,
    ]

    private func expectError(
        _ code: DataError.Code, _ sentence: String, path: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expect(code, sentence, path: path, sourceLocation: sourceLocation) { () throws(DataError) in
            try readTable(path, label: "2", header: false)
        }
    }

    @Test("gzip is known by its first bytes, whatever the file is called")
    func gzip() throws {
        let dataset = try readTable(directory.file("table.txt", compressed), label: "2", header: false)
        #expect(dataset.gathered() == [1, 2, 3, 4])
        #expect(dataset.labels == [0, 1])
    }

    @Test("gzip files put one behind the other read as one")
    func members() throws {
        let dataset = try readTable(
            directory.file("table", compressed + compressed), label: "2", header: false)
        #expect(dataset.labels == [0, 1, 0, 1])
    }

    @Test("no such file")
    func missing() {
        expectError(.missingFile, "FILE: there is no such file", path: "\(directory.path)/none.csv")
    }

    @Test("a path through a file is no such file")
    func throughFile() throws {
        let file = try directory.file("file", "1,2,0\n")
        expectError(.missingFile, "FILE: there is no such file", path: "\(file)/none.csv")
    }

    @Test("a directory")
    func isDirectory() {
        expectError(.notAFile, "FILE: this is a directory, not a file", path: directory.path)
    }

    @Test("a pipe does not block and a device does not fill the memory")
    func special() throws {
        let pipe = "\(directory.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        expectError(.notAFile, "FILE: this is a pipe or a device, not a file", path: pipe)
        expectError(.notAFile, "FILE: this is a pipe or a device, not a file", path: "/dev/zero")
    }

    @Test("a file without permission", .enabled(if: geteuid() != 0, "root may read everything"))
    func permission() throws {
        let file = try directory.file("secret", "1,2,0\n")
        #expect(chmod(file, 0) == 0)
        expectError(.unreadable, "FILE: the file cannot be opened: Permission denied", path: file)
    }

    @Test("a path that no system can open")
    func unopenable() {
        let path = "/" + String(repeating: "x", count: 5_000)
        expectError(.unreadable, "FILE: the file cannot be opened: File name too long", path: path)
    }

    @Test("gzip data that ends early", arguments: [2, 9, 12, 24, 25, 31])
    func cutOff(length: Int) throws {
        expectError(
            .corruptGzip, "FILE: the gzip data ends early; the file is cut off, so fetch it again",
            path: try directory.file("cut.gz", Array(compressed[..<length])))
    }

    @Test("gzip data that is damaged")
    func damaged() throws {
        var wrongSum = compressed
        wrongSum[24] ^= 1
        expectError(
            .corruptGzip, "FILE: the gzip data is damaged (incorrect data check), so fetch the file again",
            path: try directory.file("sum.gz", wrongSum))
        var wrongBlock = compressed
        wrongBlock[10] = 0xFF
        expectError(
            .corruptGzip, "FILE: the gzip data is damaged (invalid block type), so fetch the file again",
            path: try directory.file("block.gz", wrongBlock))
        var wrongMethod = compressed
        wrongMethod[2] = 7
        expectError(
            .corruptGzip,
            "FILE: the gzip data is damaged (unknown compression method), so fetch the file again",
            path: try directory.file("method.gz", wrongMethod))
    }

    @Test("damage in an IDX file's checksum is found although all samples are there")
    func damagedSamples() throws {
        var bytes = storedGzip(idx([1, 1, 2], [7, 8]))
        bytes[bytes.count - 8] ^= 1
        let images = try directory.file("images", bytes)
        let labels = try directory.file("labels", idx([1], [0]))
        expect(
            .corruptGzip, "FILE: the gzip data is damaged (incorrect data check), so fetch the file again",
            path: images
        ) { () throws(DataError) in
            try readIDX(images: images, labels: labels)
        }
    }
}
