/// The start of a `.npy` file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): a magic word, a
/// version, and a Python dictionary that tells the type of the elements, their order and the shape.
package struct NPYHeader: Sendable, Equatable {
    package var type: NPYType
    /// Whether the first axis runs fastest.
    package var isFortranOrder = false
    package var shape: [Int]

    package init(_ type: NPYType, shape: [Int]) {
        (self.type, self.shape) = (type, shape)
    }

    /// The longest header that is read.
    private static let longest = 1 << 16
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// How many bytes `length(of:)` has to see.
    package static let fixedLength = 12

    /// Whether a file that begins so is an array.
    package static func begins(_ start: [UInt8]) -> Bool { start.starts(with: magic) }

    /// How long the header is, in bytes with everything before the elements.
    ///
    /// - Parameter start: The first `fixedLength` bytes of the file, or all of it.
    /// - Returns: The number of bytes.
    /// - Throws: `NumPyError` for another kind of file.
    package static func length(of start: [UInt8]) throws(NumPyError) -> Int {
        guard begins(start) else {
            throw NumPyError("is not a NumPy file: it does not start with \\x93NUMPY")
        }
        guard start.count >= fixedLength else { throw NumPyError("is cut off in its header") }
        let major = start[6]
        guard (1...3).contains(major) else {
            throw NumPyError("has version \(major) of NumPy's format; 1 to 3 can be read")
        }
        let (field, width) = (8, major == 1 ? 2 : 4)
        let length = (0..<width).reduce(0) { $0 | Int(start[field + $1]) << (8 * $1) }
        guard length <= longest else {
            throw NumPyError("has a header of \(length) bytes, more than is read")
        }
        return field + width + length
    }

    /// - Parameter bytes: The whole header, as long as `length(of:)` says.
    /// - Throws: `NumPyError` when it is not what it should be, or asks for what cannot be read.
    package init(_ bytes: [UInt8]) throws(NumPyError) {
        let begin = bytes.count > 6 && bytes[6] == 1 ? 10 : 12
        var literal = PythonLiteral(Array(bytes.dropFirst(begin)))
        let fields = try literal.dictionary()
        guard case .string(let type)? = fields["descr"] else {
            throw NumPyError("has records for elements; an array of plain numbers is needed")
        }
        guard case .boolean(let isFortranOrder)? = fields["fortran_order"],
            case .tuple(let shape)? = fields["shape"]
        else { throw NumPyError("has a header without `fortran_order` or `shape`") }
        var count = 1
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, product <= 1 << 56 else {
                throw NumPyError("has the shape \(shape), which no memory holds")
            }
            count = product
        }
        self.type = try NPYType(description: type)
        self.isFortranOrder = isFortranOrder
        self.shape = shape
    }

    /// How many elements there are.
    package var count: Int { shape.reduce(1, *) }

    /// Where an element lies among all when the first axis runs fastest.
    ///
    /// - Parameters:
    ///   - index: Where it lies when the last one does.
    ///   - shape: Of the array.
    /// - Returns: Its place, from 0.
    package static func columnMajorPlace(of index: Int, in shape: [Int]) -> Int {
        var (rest, place, stride) = (index, 0, shape.reduce(1, *))
        for size in shape.reversed() {
            stride /= size
            place += rest % size * stride
            rest /= size
        }
        return place
    }

    /// The header as NumPy writes it: version 1, as long as a multiple of 64 bytes.
    package var encoded: [UInt8] {
        let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        let order = isFortranOrder ? "True" : "False"
        var text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(sizes)), }"
        text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
        let length = text.utf8.count
        return Self.magic + [1, 0, UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
            + Array(text.utf8)
    }
}
