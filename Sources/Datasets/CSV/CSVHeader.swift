/// Whether the first line of a table names its columns, where nobody says so.
enum CSVHeader {
    /// It does where it has words and no numbers, and where below one of its words there is a number: `0,1,2,label` over
    /// `5.1,3.5,1.4,0`. Nothing, `nan`, `?` and the like are gaps in a row of data, and no words.
    ///
    /// - Parameters:
    ///   - first: The first line that is not blank.
    ///   - second: The next one; empty where there is none.
    /// - Returns: Whether it is a header, and no row.
    static func isHeader(_ first: [UInt8], before second: [UInt8]) -> Bool {
        let kinds = kinds(of: first.span)
        guard kinds.contains(.word) else { return false }
        if !kinds.contains(.number) { return true }
        return zip(kinds, self.kinds(of: second.span)).contains { $0 == .word && $1 == .number }
    }

    private enum Kind {
        case number
        case gap
        case word
    }

    private static func kinds(of line: Span<UInt8>) -> [Kind] {
        var kinds: [Kind] = []
        var start = 0
        while true {
            let end = CSVField.end(in: line, from: start)
            kinds.append(kind(of: line, from: start))
            if end == line.count { return kinds }
            start = end + 1
        }
    }

    private static func kind(of line: Span<UInt8>, from start: Int) -> Kind {
        switch CSVField.scanNumber(line, from: start) {
        case .number: .number
        case .nonFinite: .gap
        case .notANumber:
            gaps.contains(CSVField.text(in: line, from: start).lowercased()) ? .gap : .word
        }
    }

    private static let gaps: Set = ["", "?", "-", "na", "n/a", "null", "none"]
}
