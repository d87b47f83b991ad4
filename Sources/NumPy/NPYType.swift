/// What the elements of an array are: NumPy's `dtype` of a plain number.
package struct NPYType: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Character, Sendable {
        case boolean = "b"
        case unsigned = "u"
        case signed = "i"
        case float = "f"
    }

    package var kind: Kind
    /// Of one element, in bytes.
    package var size: Int
    package var isBigEndian: Bool

    package static let float32 = NPYType(.float, size: 4)
    package static let uint8 = NPYType(.unsigned, size: 1)

    package init(_ kind: Kind, size: Int, isBigEndian: Bool = false) {
        (self.kind, self.size, self.isBigEndian) = (kind, size, isBigEndian)
    }

    /// - Parameter description: For example `<f4` or `|u1`.
    /// - Throws: `NumPyError` for anything but numbers.
    package init(description: String) throws(NumPyError) {
        let sizes: [Kind: [Int]] = [
            .boolean: [1], .unsigned: [1, 2, 4, 8], .signed: [1, 2, 4, 8], .float: [2, 4, 8],
        ]
        let text = Array(description)
        guard text.count == 3, "<>|=".contains(text[0]), let kind = Kind(rawValue: text[1]),
            let size = text[2].wholeNumberValue, sizes[kind]?.contains(size) == true
        else {
            throw NumPyError(
                "has elements of the type `\(description)`; whole numbers, booleans and floating-point numbers of up to 8 bytes can be read"
            )
        }
        self.init(kind, size: size, isBigEndian: text[0] == ">")
    }

    package var description: String {
        "\(size == 1 ? "|" : isBigEndian ? ">" : "<")\(kind.rawValue)\(size)"
    }

    /// The element that begins at a byte. Exact for all but 64-bit integers beyond 2^53.
    /// - Precondition: `size` bytes are there.
    package func number(in bytes: [UInt8], at offset: Int) -> Double {
        var pattern: UInt64 = 0
        for index in 0..<size {
            let byte = bytes[offset + (isBigEndian ? index : size - 1 - index)]
            pattern = pattern << 8 | UInt64(byte)
        }
        switch (kind, size) {
        case (.boolean, _): return pattern == 0 ? 0 : 1
        case (.unsigned, _): return Double(pattern)
        case (.signed, _):
            let shift = UInt64(64 - 8 * size)
            return Double(Int64(bitPattern: pattern << shift) >> Int64(shift))
        case (.float, 2): return Double(Float16(bitPattern: UInt16(pattern)))
        case (.float, 4): return Double(Float(bitPattern: UInt32(pattern)))
        case (.float, _): return Double(bitPattern: pattern)
        }
    }
}
