/// What a bare word means: YAML 1.2's core schema (yaml.org/spec/1.2.2, section 10.3.2), decimal numbers
/// only.
///
/// YAML 1.1's `yes`, `no`, `on`, `0b1`, `0777` and `1_000` are not numbers or booleans here: each is read
/// differently by different programs.
extension DocumentNode {
    enum Scalar {
        case null
        case boolean(Bool)
        /// Digits with an optional sign, as written.
        case integer(String)
        /// A number with a point, an exponent or both; not finite for `.inf`, `.nan` and what overflows.
        case float(Double)
        case string(String)
    }

    /// nil for a list or a mapping.
    var scalar: Scalar? {
        switch value {
        case .quoted(let text): .string(text)
        case .plain(let text): Self.scalar(plain: text)
        case .list, .mapping: nil
        }
    }

    private static func scalar(plain text: String) -> Scalar {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        default: break
        }
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        guard let first = digits.utf8.first, first.isDigit || first == UInt8(ascii: ".") else {
            return .string(text)
        }
        if digits.utf8.allSatisfy(\.isDigit) {
            return first == UInt8(ascii: "0") && digits.utf8.count > 1 ? .string(text) : .integer(text)
        }
        // `Double` reads more than YAML does (hexadecimal, "infinity"), so the alphabet is checked first.
        let isDecimal = digits.utf8.allSatisfy { $0.isDigit || "+-.eE".utf8.contains($0) }
        guard isDecimal, let number = Double(text) else { return .string(text) }
        return .float(number)
    }

    /// The node as a whole number from 0 up; nil for all else, for what does not fit too.
    var natural: UInt64? {
        guard case .integer(let text) = scalar else { return nil }
        return UInt64(text)
    }

    /// The node as a number; nil for all that is not one.
    var number: Double? {
        switch scalar {
        case .integer(let text): Double(text)
        case .float(let number): number
        default: nil
        }
    }

    var boolean: Bool? {
        guard case .boolean(let value) = scalar else { return nil }
        return value
    }

    /// The node as a string; nil for a number, a boolean and nothing.
    var string: String? {
        guard case .string(let text) = scalar else { return nil }
        return text
    }
}

extension UInt8 {
    /// Whether this is the ASCII code of a decimal digit.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Unicode.Scalar {
    /// Whether this is an ASCII letter, a digit, `_` or `-`, of which the names of layers are made.
    var isNameCharacter: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
