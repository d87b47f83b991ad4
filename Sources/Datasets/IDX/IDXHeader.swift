/// The start of an IDX file: what its elements are and how many of them there are along each axis.
///
/// Two zero bytes, the element type, the number of axes, then each size as a 32-bit big-endian number
/// (Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits").
struct IDXHeader: Equatable {
    /// The sizes of 1 to 4 axes; the first is the number of samples.
    var shape: [Int]
    /// The bytes that follow the header.
    var payloadSize: Int

    /// Reads the header from the front of a file.
    ///
    /// - Throws: `DataError` when the file is no IDX file, has elements other than unsigned bytes, or ends
    ///   early.
    init(reading file: inout InputFile, expecting magic: String) throws(DataError) {
        var bytes: [UInt8] = []
        try file.read(4, appendingTo: &bytes)
        guard !bytes.isEmpty else { throw DataError(.empty, file: file.path, "the file is empty") }
        guard bytes.count == 4, bytes[0] == 0, bytes[1] == 0, bytes[3] >= 1 else {
            throw DataError(
                .wrongFormat, file: file.path,
                "this is not an IDX file: it starts with \(hexadecimal(bytes)), not with \(magic)")
        }
        let rank = Int(bytes[3])
        guard bytes[2] == IDXHeader.unsignedByte else {
            throw DataError(
                .unsupportedType, file: file.path,
                "the elements are \(IDXHeader.typeName(bytes[2])); only unsigned bytes (type 08) can be read")
        }
        guard rank <= 4 else {
            throw DataError(.wrongShape, file: file.path, "the file has \(rank) axes; at most 4 can be read")
        }
        try file.read(4 * rank, appendingTo: &bytes)
        guard bytes.count == 4 + 4 * rank else {
            throw DataError(
                .truncated, file: file.path,
                "the header needs \(4 + 4 * rank) bytes, but the file ends after \(bytes.count)")
        }
        shape = (1...rank).map { axis in
            bytes[4 * axis..<4 * axis + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        payloadSize = 1
        for size in shape {
            let (product, overflow) = payloadSize.multipliedReportingOverflow(by: size)
            guard !overflow else {
                throw DataError(
                    .tooLarge, file: file.path,
                    "the header \(shape) asks for more bytes than any memory holds")
            }
            payloadSize = product
        }
    }

    /// The size of the header itself.
    var size: Int { 4 + 4 * shape.count }

    private static let unsignedByte: UInt8 = 0x08

    private static func typeName(_ code: UInt8) -> String {
        switch code {
        case 0x09: "signed bytes (type 09)"
        case 0x0B: "16-bit integers (type 0b)"
        case 0x0C: "32-bit integers (type 0c)"
        case 0x0D: "32-bit floating-point numbers (type 0d)"
        case 0x0E: "64-bit floating-point numbers (type 0e)"
        default: "of an unknown type (\(hexadecimal([code])))"
        }
    }
}

/// Bytes as people write them: `00 00 08 03`.
private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}
