import Foundation
import Glibc

/// Reads JSON in exactly the form in which ``JSONText`` writes it, and gives up at anything else: the decoder of ``WireJSON``
/// then says what is wrong, or reads what a daemon of another version sent.
struct JSONScanner {
    /// The text is not in that form.
    struct Unfamiliar: Error {}

    private let bytes: [UInt8]
    /// Behind what was read.
    private(set) var position: Int

    init(_ bytes: [UInt8], from position: Int = 0) { (self.bytes, self.position) = (bytes, position) }

    var isAtEnd: Bool { position == bytes.count }

    /// Passes over the text if it comes next.
    mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        let isNext = unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return false }
            return unsafe memcmp(start + position, text.utf8Start, count) == 0
        }
        if isNext { position += count }
        return isNext
    }

    mutating func expect(_ text: StaticString) throws(Unfamiliar) {
        guard skip(text) else { throw Unfamiliar() }
    }

    /// The key of the first member or of a later one, with its colon.
    mutating func key(_ key: StaticString) throws(Unfamiliar) {
        guard position > 0 else { throw Unfamiliar() }
        let isFirst = bytes[position - 1] == UInt8(ascii: "{")
        let (start, count) = (position + (isFirst ? 1 : 2), key.utf8CodeUnitCount)
        guard start + count + 1 < bytes.count, isFirst || bytes[position] == UInt8(ascii: ","),
            bytes[start - 1] == UInt8(ascii: "\""), bytes[start + count] == UInt8(ascii: "\""),
            bytes[start + count + 1] == UInt8(ascii: ":")
        else { throw Unfamiliar() }
        position = start
        try expect(key)
        position += 2
    }

    mutating func bool() throws(Unfamiliar) -> Bool {
        if skip("true") { return true }
        try expect("false")
        return false
    }

    mutating func int() throws(Unfamiliar) -> Int {
        let isNegative = skip("-")
        let start = position
        var value = 0
        while position < bytes.count, (48...57).contains(bytes[position]), position - start < 18 {
            value = 10 * value + Int(bytes[position] - 48)
            position += 1
        }
        guard position > start, bytes[start] != UInt8(ascii: "0") || position == start + 1,
            position == bytes.count || !Self.isPartOfNumber(bytes[position])
        else { throw Unfamiliar() }
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
        let text = number()
        guard Self.isNumber(text), let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
        else { throw Unfamiliar() }
        return value
    }

    mutating func string() throws(Unfamiliar) -> String {
        guard let text = String(validating: try content(), as: UTF8.self) else { throw Unfamiliar() }
        return text
    }

    mutating func date() throws(Unfamiliar) -> Date {
        guard let milliseconds = CivilTime.milliseconds(try content()) else { throw Unfamiliar() }
        return Date(timeIntervalSince1970: milliseconds / 1000)
    }

    /// What is between the quotation marks of a string without escapes.
    private mutating func content() throws(Unfamiliar) -> ArraySlice<UInt8> {
        try expect("\"")
        var end = position
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            guard bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\\") else { throw Unfamiliar() }
            end += 1
        }
        guard end < bytes.count else { throw Unfamiliar() }
        defer { position = end + 1 }
        return bytes[position..<end]
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
        var end = position
        while end < bytes.count, Self.isPartOfNumber(bytes[end]) { end += 1 }
        defer { position = end }
        return bytes[position..<end]
    }

    /// What Swift reads as a number and JSON does not take: `01`, `.5`, `5.`, `+5`.
    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
        let isDigit: (UInt8?) -> Bool = { $0.map { (48...57).contains($0) } ?? false }
        guard isDigit(digits.first), isDigit(digits.last),
            digits.first != UInt8(ascii: "0") || !isDigit(digits.dropFirst().first)
        else { return false }
        guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else { return true }
        return isDigit(digits[point...].dropFirst().first)
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
            UInt8(ascii: "E"):
            true
        default: false
        }
    }
}
