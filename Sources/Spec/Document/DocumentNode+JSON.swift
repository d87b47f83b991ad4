extension DocumentNode {
    /// The tree as JSON on one line, keys sorted by their UTF-8 bytes.
    ///
    /// A plain scalar is printed as it is, so it must be a JSON number or a boolean.
    var json: String {
        switch value {
        case .plain(let text): text
        case .quoted(let text): text.jsonLiteral
        case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .mapping(let entries):
            "{"
                + entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { "\($0.key.jsonLiteral):\($0.value.json)" }.joined(separator: ",") + "}"
        }
    }
}

extension String {
    /// The string between quotes, escaped so that JSON and YAML read the same thing.
    package var jsonLiteral: String {
        var literal = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": literal += "\\\(scalar)"
            // Above the first plane JSON needs surrogates, which YAML refuses; YAML takes those characters
            // raw.
            case _ where scalar.isPlainText || scalar.value > 0xFFFF: literal.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return literal + "\""
    }
}
