/// A whole IDX file of unsigned bytes in memory.
struct IDXFile {
    /// 1 to 4 sizes, the first of them the number of samples.
    var shape: [Int]
    /// The elements in row-major order.
    var bytes: [UInt8]

    /// What a file holds, which shows in how many axes it has.
    enum Content {
        case images
        case labels

        /// The first four bytes of such a file.
        var magic: String {
            switch self {
            case .images: "00 00 08 03"
            case .labels: "00 00 08 01"
            }
        }
    }

    /// Reads a file that must hold exactly what its header says.
    ///
    /// - Throws: `DataError` when it does not, when it holds images in place of labels or the other way
    ///   around, when it has no samples, or when it is larger than `byteLimit`.
    init(path: String, content: Content, byteLimit: Int) throws(DataError) {
        var file = try InputFile(path: path)
        let header = try IDXHeader(reading: &file, expecting: content.magic)
        try IDXFile.check(header, content: content, path: path)
        guard header.payloadSize <= byteLimit else {
            throw DataError(
                .tooLarge, file: path,
                "the samples need \(header.payloadSize) bytes of memory, more than the \(byteLimit) there are"
            )
        }
        shape = header.shape
        bytes = []
        try file.read(header.payloadSize, appendingTo: &bytes)
        let expected = header.size + header.payloadSize
        guard bytes.count == header.payloadSize else {
            throw DataError(
                .truncated, file: path,
                "the header \(header.shape) asks for \(expected) bytes, "
                    + "but the file ends after \(header.size + bytes.count)")
        }
        try IDXFile.checkEnd(of: &file, expected: expected, shape: shape)
    }

    private static func check(_ header: IDXHeader, content: Content, path: String) throws(DataError) {
        switch content {
        case .images where header.shape.count == 1:
            throw DataError(
                .wrongShape, file: path,
                "this holds labels (00 00 08 01), where images (00 00 08 03) are needed; "
                    + "are `images` and `labels` swapped?")
        case .labels where header.shape.count > 1:
            throw DataError(
                .wrongShape, file: path,
                "this has \(header.shape.count) axes, as images do, where labels (00 00 08 01) are needed; "
                    + "are `images` and `labels` swapped?")
        default:
            break
        }
        guard header.shape[0] > 0 else { throw DataError(.empty, file: path, "the file holds no samples") }
        guard header.payloadSize > 0 else {
            throw DataError(
                .empty, file: path,
                "the header \(header.shape) has an axis of size 0, so the samples are empty")
        }
    }

    /// Throws unless the file ends here. Reading on also makes zlib compare gzip's checksum.
    private static func checkEnd(of file: inout InputFile, expected: Int, shape: [Int]) throws(DataError) {
        let countingLimit = 1 << 20
        var rest: [UInt8] = []
        try file.read(countingLimit, appendingTo: &rest)
        guard rest.isEmpty else {
            // A gzip bomb is not worth being counted to its end.
            let found = "\(rest.count == countingLimit ? "at least " : "")\(expected + rest.count)"
            throw DataError(
                .trailingBytes, file: file.path,
                "the header \(shape) asks for \(expected) bytes, but the file has \(found)")
        }
    }
}
