import Files

/// An IDX file of unsigned bytes whose header has been read, and whose elements come next.
struct IDXFile: ~Copyable {
    /// 1 to 4 sizes, the first of them the number of samples, and the size of it all.
    let header: IDXHeader
    private var file: InputFile

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

    /// Opens a file.
    ///
    /// - Throws: `DataError` when it is not what its header says, as far as that can be told by now, when it holds
    ///   images in place of labels or the other way around, or when it has no samples.
    init(path: String, content: Content, _ files: FileOpener) throws(DataError) {
        var file = try InputFile(path: path, files)
        let header = try IDXHeader(reading: &file, expecting: content.magic)
        try IDXFile.check(header, content: content, path: path)
        self.header = header
        self.file = file
    }

    /// All elements, in memory as far as `storage` allows. A file that is not compressed is else read where it lies.
    ///
    /// - Throws: `DataError` when the file does not hold exactly what its header says.
    mutating func elements(_ storage: SampleStorage) throws(DataError) -> SampleStore<UInt8> {
        let isLarge = header.payloadSize > storage.memoryLimit
        if isLarge, let size = file.plainSize {
            guard size >= expectedSize else { throw truncated(at: size) }
            guard size == expectedSize else { throw trailing(found: "\(size)") }
            return .file(try file.readingWhereItLies(), offset: header.size, count: header.payloadSize)
        }
        var elements = SampleWriter<UInt8>(path: file.path, storage: storage)
        if isLarge { try elements.spill() }
        try readPieces(of: isLarge ? IDXFile.pieceSize : header.payloadSize) { bytes throws(DataError) in
            if elements.held.isEmpty { swap(&elements.held, &bytes) } else { elements.held += bytes }
            try elements.flush()
        }
        return try elements.finish()
    }

    /// Calls `body` with all elements, some at a time. It may take them.
    ///
    /// - Throws: `DataError` when the file does not hold exactly what its header says.
    mutating func readPieces(
        of size: Int = IDXFile.pieceSize, _ body: (inout [UInt8]) throws(DataError) -> Void
    ) throws(DataError) {
        var left = header.payloadSize
        while left > 0 {
            var piece: [UInt8] = []
            try file.read(min(left, size), appendingTo: &piece)
            guard !piece.isEmpty else { throw truncated(at: expectedSize - left) }
            left -= piece.count
            try body(&piece)
        }
        try checkEnd()
    }

    private static let pieceSize = 1 << 20

    private var expectedSize: Int { header.size + header.payloadSize }

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

    private func truncated(at size: Int) -> DataError {
        DataError(
            .truncated, file: file.path,
            "the header \(header.shape) asks for \(expectedSize) bytes, but the file ends after \(size)")
    }

    private func trailing(found: String) -> DataError {
        DataError(
            .trailingBytes, file: file.path,
            "the header \(header.shape) asks for \(expectedSize) bytes, but the file has \(found)")
    }

    /// Throws unless the file ends here. Reading on also makes zlib compare gzip's checksum.
    private mutating func checkEnd() throws(DataError) {
        let countingLimit = 1 << 20
        var rest: [UInt8] = []
        try file.read(countingLimit, appendingTo: &rest)
        guard rest.isEmpty else {
            // A gzip bomb is not worth being counted to its end.
            throw trailing(
                found: "\(rest.count == countingLimit ? "at least " : "")\(expectedSize + rest.count)")
        }
    }
}
