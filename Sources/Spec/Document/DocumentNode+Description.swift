extension DocumentNode {
    /// The node in the words of an error sentence: `"abc"`, `0`, `a list`.
    var found: String {
        switch value {
        case .list: return "a list"
        case .mapping: return "a mapping"
        case .quoted(let text): return "the string \"\(text.excerpt)\""
        case .plain(let text):
            switch scalar {
            case .null: return "nothing"
            case .string: return "\"\(text.excerpt)\""
            default: return text.excerpt
            }
        }
    }
}

extension String {
    /// The text on one line, at most 40 characters of it, harmless to a terminal.
    var excerpt: String {
        let scalars = unicodeScalars.prefix(41)
        let shown = scalars.prefix(40).map {
            $0.isPlainText ? String($0) : "\\u{\(String($0.value, radix: 16))}"
        }
        return shown.joined() + (scalars.count > 40 ? "…" : "")
    }

    /// The text as it is quoted in a sentence: `units`, between backquotes.
    var code: String { "`\(excerpt)`" }
}

extension Sequence<String> {
    /// `a, b, c`
    var commaSeparated: String { joined(separator: ", ") }
}

extension Unicode.Scalar {
    /// Whether the scalar can stand in a line of text or JSON as it is: not a control, format, separator or
    /// unassigned character, of which some move the cursor and YAML refuses or folds others.
    package var isPlainText: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            false
        default: true
        }
    }
}
