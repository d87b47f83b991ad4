import Foundation

/// JSON under construction, byte by byte as the encoder of ``WireJSON`` writes it: for messages of which there are
/// thousands in one answer, where `Codable` takes microseconds for each value.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// The next bytes as they stand.
    mutating func raw(_ text: StaticString) {
        unsafe bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func plain(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// A key that needs no escapes, with what separates it from the value before.
    mutating func key(_ key: StaticString) {
        raw(bytes.last == UInt8(ascii: "{") ? "\"" : ",\"")
        raw(key)
        raw("\":")
    }

    mutating func value(_ value: Int) { plain(String(value)) }

    mutating func value(_ value: Bool) { raw(value ? "true" : "false") }

    /// Shortest digits that read back as the same number, without a `.0`.
    mutating func value(_ value: Double) {
        guard value.isFinite else {
            let (positive, negative, nan) = WireJSON.nonfinite
            return self.value(value.isNaN ? nan : value > 0 ? positive : negative)
        }
        let text = value.description
        plain(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    mutating func value(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let isPlain = unsafe text.utf8.withContiguousStorageIfAvailable { content in
            guard
                unsafe content.allSatisfy({
                    $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                })
            else {
                return false
            }
            unsafe bytes.append(contentsOf: content)
            return true
        }
        if isPlain != true {
            for byte in text.utf8 { append(escaping: byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func value(_ date: Date) {
        let start = bytes.count
        bytes.append(UInt8(ascii: "\""))
        if CivilTime.append(WireDate.milliseconds(date), to: &bytes) {
            bytes.append(UInt8(ascii: "\""))
        } else {
            bytes.removeSubrange(start...)
            value(WireDate.string(date))
        }
    }

    /// `null`, or what `write` makes of the value.
    mutating func value<Value>(_ value: Value?, _ write: (inout JSONText, Value) -> Void) {
        guard let value else { return raw("null") }
        write(&self, value)
    }

    /// The elements between brackets.
    mutating func array<Element>(_ elements: [Element], _ write: (inout JSONText, Element) -> Void) {
        raw("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { raw(",") }
            write(&self, element)
        }
        raw("]")
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case 0x08: raw("\\b")
        case 0x09: raw("\\t")
        case 0x0A: raw("\\n")
        case 0x0C: raw("\\f")
        case 0x0D: raw("\\r")
        case ..<0x20:
            raw("\\u00")
            raw(byte < 0x10 ? "0" : "1")
            plain(String(byte & 0xF, radix: 16))
        default: bytes.append(byte)
        }
    }
}
