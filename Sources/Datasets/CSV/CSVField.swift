/// The fields of one line of a table.
enum CSVField {
    /// Reads a number in the field that starts at `start`, quoted or not, with blanks around it.
    ///
    /// - Returns: the number and the place of the comma behind it, or of the line's end.
    static func scanNumber(_ line: Span<UInt8>, from start: Int) -> DecimalNumber.Scan {
        var i = skipBlanks(line, from: start)
        let isQuoted = i < line.count && line[i] == quote
        if isQuoted { i = skipBlanks(line, from: i + 1) }
        guard case .number(let value, var end) = DecimalNumber.scan(line, from: i) else {
            return DecimalNumber.scan(line, from: i)
        }
        end = skipBlanks(line, from: end)
        if isQuoted {
            guard end < line.count, line[end] == quote else { return .notANumber }
            end = skipBlanks(line, from: end + 1)
        }
        guard end == line.count || line[end] == comma else { return .notANumber }
        return .number(value, end: end)
    }

    /// The text of the field that starts at `start`, without blanks and quotes around it; at most 40 bytes of
    /// it.
    static func text(in line: Span<UInt8>, from start: Int) -> String {
        let field = trimmed(line, start..<end(in: line, from: start))
        let isLong = field.count > 40
        let shown = isLong ? field.lowerBound..<field.lowerBound + 40 : field
        return string(line, shown) + (isLong ? "…" : "")
    }

    /// All of the text of the field that starts at `start`, as ``texts(in:)`` has it.
    static func wholeText(in line: Span<UInt8>, from start: Int) -> String {
        unquoted(string(line, trimmed(line, start..<end(in: line, from: start))))
    }

    /// The texts of all fields, with quotes taken away and doubled quotes made single.
    static func texts(in line: Span<UInt8>) -> [String] {
        var texts: [String] = []
        var start = 0
        while true {
            let fieldEnd = end(in: line, from: start)
            texts.append(unquoted(string(line, trimmed(line, start..<fieldEnd))))
            if fieldEnd == line.count { return texts }
            start = fieldEnd + 1
        }
    }

    /// The number of fields of the line.
    static func count(in line: Span<UInt8>) -> Int {
        var count = 1
        var i = end(in: line, from: 0)
        while i < line.count {
            count += 1
            i = end(in: line, from: i + 1)
        }
        return count
    }

    /// Whether the line has nothing but blanks.
    static func isBlank(_ line: Span<UInt8>) -> Bool {
        skipBlanks(line, from: 0) == line.count
    }

    /// The place of the comma that ends the field, or of the line's end.
    static func end(in line: Span<UInt8>, from start: Int) -> Int {
        var isQuoted = false
        var i = start
        while i < line.count, isQuoted || line[i] != comma {
            if line[i] == quote { isQuoted.toggle() }
            i += 1
        }
        return i
    }

    private static func unquoted(_ text: String) -> String {
        text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
    }

    private static func trimmed(_ line: Span<UInt8>, _ field: Range<Int>) -> Range<Int> {
        let start = min(skipBlanks(line, from: field.lowerBound), field.upperBound)
        var end = field.upperBound
        while end > start, isBlank(line[end - 1]) { end -= 1 }
        let isQuoted = end - start >= 2 && line[start] == quote && line[end - 1] == quote
        return isQuoted ? start + 1..<end - 1 : start..<end
    }

    private static func skipBlanks(_ line: Span<UInt8>, from start: Int) -> Int {
        var i = start
        while i < line.count, isBlank(line[i]) { i += 1 }
        return i
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func string(_ line: Span<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: range.map { line[$0] }, as: UTF8.self)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
}
