import Files
import NumPy
import Spec

/// An array of NumPy's whose header has been read, and whose elements come next.
struct NPYArray {
    let header: NPYHeader
    /// What sentences call it.
    var name: String { bytes.name }
    private let bytes: any ByteSource
    private let headerSize: Int

    /// Of a file of its own.
    init(path: String, _ files: FileOpener) throws(DataError) {
        try self.init(FileBytes(path: path, files))
    }

    /// Of an archive.
    init(archive path: String, array: String, _ files: FileOpener) throws(DataError) {
        try self.init(ArchiveBytes(path: path, array: array, files))
    }

    /// - Throws: `DataError` when it is no array with samples along its first axis, or ends too early or too late as far as
    ///   that can be told by now.
    private init(_ bytes: any ByteSource) throws(DataError) {
        self.bytes = bytes
        var start: [UInt8] = []
        try bytes.read(NPYHeader.fixedLength, appendingTo: &start)
        guard !start.isEmpty else { throw DataError(.empty, file: bytes.name, "the file is empty") }
        do {
            headerSize = try NPYHeader.length(of: start)
            if headerSize > start.count {
                try bytes.read(headerSize - start.count, appendingTo: &start)
            }
            guard start.count >= headerSize else { throw NumPyError("is cut off in its header") }
            header = try NPYHeader(start)
        } catch let error as DataError {
            throw error
        } catch {
            throw DataError(.wrongFormat, file: bytes.name, "the file \(error)")
        }
        guard let count = header.shape.first else {
            throw DataError(
                .wrongShape, file: bytes.name,
                "the array is a single number; samples lie along the first axis")
        }
        guard count > 0, payloadSize > 0 else {
            throw DataError(.empty, file: bytes.name, "the array \(header.shape) holds no samples")
        }
        let expected = expectedSize
        if let size = bytes.size, size != expected {
            throw size < expected ? truncated(at: size) : trailing(found: "\(size)")
        }
        guard expected <= bytes.contentLimit else { throw truncated(at: bytes.contentLimit) }
    }

    var count: Int { header.shape[0] }
    /// The shape of one sample: [1] for an array of one axis.
    var sampleShape: [Int] { header.shape.count == 1 ? [1] : Array(header.shape.dropFirst()) }
    var sampleSize: Int { sampleShape.reduce(1, *) }
    var payloadSize: Int { header.count * header.type.size }
    /// Whether the elements lie in another order than row by row.
    var isTransposed: Bool { header.isFortranOrder && header.shape.count { $0 > 1 } > 1 }

    /// The elements where they lie; nil where they are packed.
    func elementsWhereTheyLie<Element>(_ type: Element.Type) throws(DataError) -> SampleStore<Element>? {
        guard let file = try bytes.readingWhereItLies() else { return nil }
        return .file(file, offset: headerSize, count: header.count)
    }

    /// Calls `body` with the bytes of the elements in the order in which they are stored, some whole elements at a time. It
    /// may take them. Once only.
    ///
    /// - Throws: `DataError` when the array does not hold exactly what its header says; what `body` throws.
    func readStoredPieces(_ body: (inout [UInt8]) throws(DataError) -> Void) throws(DataError) {
        var left = payloadSize
        while left > 0 {
            var piece: [UInt8] = []
            let wanted = min(left, NPYArray.pieceSize)
            try bytes.read(wanted, appendingTo: &piece)
            guard piece.count == wanted else { throw truncated(at: expectedSize - left + piece.count) }
            left -= wanted
            try body(&piece)
        }
        try checkEnd()
    }

    /// A multiple of every element's size.
    private static let pieceSize = 1 << 20

    private var expectedSize: Int { headerSize + payloadSize }

    private func truncated(at size: Int) -> DataError {
        DataError(
            .truncated, file: name,
            "the header asks for \(expectedSize) bytes (\(header.type) \(header.shape)), but there are \(size)"
        )
    }

    private func trailing(found: String) -> DataError {
        DataError(
            .trailingBytes, file: name,
            "the header asks for \(expectedSize) bytes (\(header.type) \(header.shape)), but there are \(found)"
        )
    }

    /// Throws unless the bytes end here. Reading on also makes checksums compared.
    private func checkEnd() throws(DataError) {
        var rest: [UInt8] = []
        try bytes.read(1, appendingTo: &rest)
        guard rest.isEmpty else { throw trailing(found: "more") }
    }
}
