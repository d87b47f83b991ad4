/// The help of a verb as the argument parser makes it.
package enum HelpText {
    private static let title = "USAGE: "

    /// With its usage in lines of at most `width` characters where that can be; the parser breaks every line but this one.
    /// What stands in brackets stays together.
    package static func wrapped(_ text: String, to width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix(title) && line.count > width ? usage(line, width) : String(line)
        }.joined(separator: "\n")
    }

    private static func usage(_ line: Substring, _ width: Int) -> String {
        let indent = String(repeating: " ", count: title.count)
        var (lines, current) = ([String](), "")
        for part in parts(of: line.dropFirst(title.count)) {
            let start = lines.isEmpty ? title : indent
            if current.isEmpty {
                current = start + part
            } else if current.count + 1 + part.count <= width {
                current += " " + part
            } else {
                lines.append(current)
                current = indent + part
            }
        }
        return (lines + [current]).joined(separator: "\n")
    }

    /// Words, those between brackets as one, and an option with its value.
    private static func parts(of line: Substring) -> [String] {
        var (parts, depth) = ([String](), 0)
        for word in line.split(separator: " ") {
            let isValue = word.hasPrefix("<") && parts.last?.hasPrefix("-") == true
            if depth > 0 || isValue {
                parts[parts.count - 1] += " " + word
            } else {
                parts.append(String(word))
            }
            depth += word.count { $0 == "[" } - word.count { $0 == "]" }
        }
        return parts
    }
}
