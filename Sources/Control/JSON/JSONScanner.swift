import Foundation

/// Reads JSON in exactly the form in which ``JSONText`` writes it, and gives up at anything else: the decoder of ``WireJSON``
/// then says what is wrong, or reads what a daemon of another version sent.
struct JSONScanner {
    /// The text is not in that form.
    struct Unfamiliar: Error {}

    private let bytes: [UInt8]
    private var position = 0

    init(_ data: Data) { bytes = Array(data) }

    var isAtEnd: Bool { position == bytes.count }

    /// Passes over the text if it comes next.
    mutating func skip(_ text: String) -> Bool {
        var end = position
        for byte in text.utf8 {
            guard end < bytes.count, bytes[end] == byte else { return false }
            end += 1
        }
        position = end
        return true
    }

    mutating func expect(_ text: String) throws(Unfamiliar) {
        guard skip(text) else { throw Unfamiliar() }
    }

    /// The key of the first member or of a later one, with its colon.
    mutating func key(_ key: String) throws(Unfamiliar) {
        guard position > 0, position < bytes.count else { throw Unfamiliar() }
        if bytes[position - 1] != UInt8(ascii: "{") { try expect(",") }
        try expect("\"")
        try expect(key)
        try expect("\":")
    }

    mutating func bool() throws(Unfamiliar) -> Bool {
        if skip("true") { return true }
        try expect("false")
        return false
    }

    mutating func int() throws(Unfamiliar) -> Int {
        let text = number()
        var value = 0
        let isNegative = text.first == UInt8(ascii: "-")
        guard (1...18).contains(text.count - (isNegative ? 1 : 0)) else { throw Unfamiliar() }
        for byte in isNegative ? text.dropFirst() : text {
            guard (48...57).contains(byte) else { throw Unfamiliar() }
            value = 10 * value + Int(byte - 48)
        }
        return isNegative ? -value : value
    }

    mutating func double() throws(Unfamiliar) -> Double {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            let (text, names) = (try string(), WireJSON.nonfinite)
            switch text {
            case names.positive: return .infinity
            case names.negative: return -.infinity
            case names.nan: return .nan
            default: throw Unfamiliar()
            }
        }
        guard let value = Double(String(decoding: number(), as: UTF8.self)), value.isFinite else {
            throw Unfamiliar()
        }
        return value
    }

    mutating func string() throws(Unfamiliar) -> String {
        try expect("\"")
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\"")) else { throw Unfamiliar() }
        let content = bytes[position..<end]
        guard content.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\\") }),
            let text = String(validating: content, as: UTF8.self)
        else { throw Unfamiliar() }
        position = end + 1
        return text
    }

    mutating func date() throws(Unfamiliar) -> Date {
        guard let date = WireDate.date(try string()) else { throw Unfamiliar() }
        return date
    }

    /// nil for `null`, else what `read` makes of it.
    mutating func optional<Value>(
        _ read: (inout JSONScanner) throws(Unfamiliar) -> Value
    ) throws(Unfamiliar) -> Value? {
        skip("null") ? nil : try read(&self)
    }

    /// The elements between brackets.
    mutating func array<Element>(
        _ read: (inout JSONScanner) throws(Unfamiliar) -> Element
    ) throws(Unfamiliar) -> [Element] {
        try expect("[")
        var elements: [Element] = []
        while !skip("]") {
            if !elements.isEmpty { try expect(",") }
            elements.append(try read(&self))
        }
        return elements
    }

    private mutating func number() -> ArraySlice<UInt8> {
        let isPart: (UInt8) -> Bool = { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
        let end = bytes[position...].firstIndex { !isPart($0) } ?? bytes.count
        defer { position = end }
        return bytes[position..<end]
    }
}
