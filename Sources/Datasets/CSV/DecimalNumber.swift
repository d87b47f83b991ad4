/// A number as text: `[+-] digits [. digits] [e [+-] digits]`, the same in every locale.
///
/// The standard library's `Float(_:)` gives the same values and is several times slower on the bytes of a
/// file, because it wants a string for each number; here it is kept for the rare numbers that need its
/// exactness.
enum DecimalNumber {
    /// What was found at the front of a text.
    enum Scan: Equatable {
        /// A finite number; the text goes on at `end`.
        case number(Float, end: Int)
        /// A number that is not finite as a Float, `nan` or `inf`.
        case nonFinite
        case notANumber
    }

    /// Reads the number that starts at `start`, correctly rounded.
    static func scan(_ text: Span<UInt8>, from start: Int) -> Scan {
        var i = start
        var isNegative = false
        if i < text.count, text[i] == minus || text[i] == plus {
            isNegative = text[i] == minus
            i += 1
        }
        // 18 digits fit into 64 bits; a number with more of them is read by the standard library below.
        var significand: UInt64 = 0
        var digits = scanDigits(text, &i, into: &significand)
        var fractionDigits = 0
        var exponent = 0
        if i < text.count, text[i] == point {
            i += 1
            fractionDigits = scanDigits(text, &i, into: &significand)
            digits += fractionDigits
        }
        guard digits > 0 else { return isNameOfNonFinite(text, from: i) ? .nonFinite : .notANumber }
        if i < text.count, text[i] | 0x20 == UInt8(ascii: "e") {
            guard let value = scanExponent(text, &i) else { return .notANumber }
            exponent = value
        }
        if digits <= 18, let value = exactly(significand, exponent - fractionDigits) {
            return .number(isNegative ? -value : value, end: i)
        }
        let string = String(decoding: (start..<i).map { text[$0] }, as: UTF8.self)
        guard let value = Float(string) else { return .notANumber }
        return value.isFinite ? .number(value, end: i) : .nonFinite
    }

    /// `significand * 10^exponent`, unless rounding to Double and then to Float could differ from rounding
    /// once.
    private static func exactly(_ significand: UInt64, _ exponent: Int) -> Float? {
        if significand == 0 { return 0 }
        // Both operands are exact up to here, so the one operation below rounds correctly (Clinger 1990).
        guard significand <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        let value =
            exponent < 0
            ? Double(significand) / powersOfTen[-exponent] : Double(significand) * powersOfTen[exponent]
        let normal = Double(Float.leastNormalMagnitude)...Double(Float.greatestFiniteMagnitude)
        guard normal.contains(value) else { return nil }
        // A Double half-way between two Floats may have been rounded to there.
        let halfway: UInt64 = 1 << 28
        guard value.significandBitPattern & (halfway << 1 - 1) != halfway else { return nil }
        return Float(value)
    }

    private static func scanDigits(
        _ text: Span<UInt8>, _ i: inout Int, into significand: inout UInt64
    ) -> Int {
        let start = i
        while i < text.count, text[i] &- zero < 10 {
            significand = significand &* 10 &+ UInt64(text[i] &- zero)
            i += 1
        }
        return i - start
    }

    private static func scanExponent(_ text: Span<UInt8>, _ i: inout Int) -> Int? {
        i += 1
        var isNegative = false
        if i < text.count, text[i] == minus || text[i] == plus {
            isNegative = text[i] == minus
            i += 1
        }
        var value = 0
        let start = i
        while i < text.count, text[i] &- zero < 10 {
            value = min(value * 10 + Int(text[i] &- zero), 99_999)
            i += 1
        }
        guard i > start else { return nil }
        return isNegative ? -value : value
    }

    private static func isNameOfNonFinite(_ text: Span<UInt8>, from start: Int) -> Bool {
        let longest = "infinity".utf8.count
        var name: [UInt8] = []
        for i in start..<text.count {
            let letter = text[i] | 0x20
            guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "z"), name.count <= longest else {
                break
            }
            name.append(letter)
        }
        return ["nan", "inf", "infinity"].contains(String(decoding: name, as: UTF8.self))
    }

    private static let zero = UInt8(ascii: "0")
    private static let minus = UInt8(ascii: "-")
    private static let plus = UInt8(ascii: "+")
    private static let point = UInt8(ascii: ".")
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}
