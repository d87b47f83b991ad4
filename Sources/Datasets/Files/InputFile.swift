import CZlib
import Files
import Foundation

/// The content of a file, read from front to back and decompressed on the way when it starts with 1f 8b,
/// as gzip files do.
///
/// zlib's `gzread` does both. It decompresses no more than is asked for, so a reader that knows how much it
/// needs cannot be made to fill the memory by a small file.
@safe
struct InputFile: ~Copyable {
    /// The path as it was given, for sentences.
    let path: String
    /// No content can be larger: the size of the file, times deflate's best ratio, 1032, if it is compressed.
    let contentLimit: Int
    /// The size of the content of a file that is not compressed; nil for others.
    let plainSize: Int?

    private let stream: gzFile
    /// Closed with the stream.
    private let descriptor: Int32

    /// - Throws: `DataError` when the path does not name a file that can be read.
    init(path: String, _ files: FileOpener = .own) throws(DataError) {
        let (descriptor, size): (Int32, Int)
        do {
            (descriptor, size) = try files.open(path)
        } catch {
            throw DataError(error, path)
        }
        guard let stream = unsafe gzdopen(descriptor, "rb") else {
            close(descriptor)
            throw DataError(.unreadable, file: path, "the file cannot be read")
        }
        unsafe gzbuffer(stream, 1 << 17)
        self.path = path
        self.descriptor = descriptor
        unsafe self.stream = stream
        let isPlain = unsafe gzdirect(stream) == 1
        plainSize = isPlain ? size : nil
        contentLimit = isPlain ? size : min(size, 1 << 50) * 1032
    }

    deinit {
        unsafe gzclose_r(stream)
    }

    /// The file itself, to be read where it lies.
    /// - Throws: `DataError` when the process has too many files open.
    func readingWhereItLies() throws(DataError) -> SampleFile {
        try SampleFile(readingWhereItLies: descriptor, path: path)
    }

    /// Appends the next `count` bytes of the content, or as many as are left.
    ///
    /// - Throws: `DataError` when the file cannot be read or its gzip data is damaged.
    mutating func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(DataError) {
        let count = min(count, contentLimit)
        // Nothing, appended to an empty array, would still be written to the memory that all empty arrays share.
        guard count > 0 else { return }
        var isWhole = true
        bytes.append(addingCapacity: count) { output in
            unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                while initialized < count {
                    let wanted = UInt32(min(count - initialized, 1 << 30))
                    let target = unsafe buffer.baseAddress.map { unsafe $0 + initialized }
                    let received = unsafe gzread(stream, target, wanted)
                    initialized += max(0, Int(received))
                    if received < wanted {
                        isWhole = false
                        return
                    }
                }
            }
        }
        if !isWhole { try checkStream() }
    }

    /// Throws what zlib has to say about the stream, unless it just ended.
    private func checkStream() throws(DataError) {
        var code: Int32 = 0
        let text = unsafe gzerror(stream, &code).map { unsafe String(cString: $0) } ?? ""
        switch code {
        case Z_OK, Z_STREAM_END:
            return
        case Z_BUF_ERROR:
            throw DataError(
                .corruptGzip, file: path, "the gzip data ends early; the file is cut off, so fetch it again")
        case Z_ERRNO:
            throw DataError(.unreadable, file: path, "the file cannot be read: \(text)")
        default:
            // zlib puts its own idea of the file's name in front.
            let reason = text.split(separator: ": ").last.map(String.init) ?? "code \(code)"
            throw DataError(
                .corruptGzip, file: path, "the gzip data is damaged (\(reason)), so fetch the file again")
        }
    }
}

extension DataError {
    init(_ error: FileOpeningError, _ path: String) {
        let code: Code =
            switch error.kind {
            case .missing: .missingFile
            case .unreadable: .unreadable
            case .notAFile: .notAFile
            }
        self.init(code, file: path, error.problem)
    }
}
