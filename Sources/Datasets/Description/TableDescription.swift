import Files
import Spec

/// Describes a table column by column, of which any may be the label's.
struct TableDescription {
    private var columns: [FileDescription.Values]
    private var rows = 0
    /// For each column the words that it has, as long as it has nothing else.
    private var words: [Set<String>?]

    /// What is known of a column takes some hundred bytes, and a small compressed file may have millions of them.
    private static let mostColumns = 100_000
    /// A column of more different words is no column of classes.
    private static let mostWords = 100

    /// - Throws: `DataError` when the file is no table: a line has more or fewer columns than the first, or there are too many.
    static func read(
        _ path: String, _ files: FileOpener
    ) throws(DataError) -> (hasHeader: Bool, columns: [FileDescription.Values]) {
        var lines = try LineReader(path: path, longestLine: SampleStorage.standard().longestLine, files)
        guard try Dataset.nextRow(of: &lines) else {
            throw DataError(.empty, file: path, "the file holds no rows")
        }
        let (first, number) = (Array(lines.buffer[lines.line]), lines.number)
        let count = CSVField.count(in: first.span)
        guard count <= mostColumns else {
            throw DataError(
                .tooLarge, file: path, line: number,
                "the line has \(count) columns, and a table of at most \(mostColumns) is looked at; save arrays as NPY instead"
            )
        }
        // Says what is wrong with a line of one column.
        _ = try CSVColumns(
            firstLine: first.span, at: number, of: CSVSourceSpec(path: path, label: "0", header: false))
        // The line below says whether this one is a header.
        var isLine = try Dataset.nextRow(of: &lines)
        let hasHeader = CSVHeader.isHeader(first, before: isLine ? Array(lines.buffer[lines.line]) : [])
        var table = TableDescription(
            hasHeader ? CSVField.texts(in: first.span) : (0..<count).map { "\($0)" })
        if !hasHeader { try table.add(first.span, number: number, path) }
        while isLine {
            try table.add(lines.buffer.span.extracting(lines.line), number: lines.number, path)
            isLine = try Dataset.nextRow(of: &lines)
        }
        guard table.rows > 0 else {
            throw DataError(.empty, file: path, "the file has a header but no rows")
        }
        return (hasHeader, table.described)
    }

    private init(_ names: [String]) {
        columns = names.map { FileDescription.Values(name: $0, shape: [], summary: ValueSummary()) }
        words = Array(repeating: [], count: names.count)
    }

    private var described: [FileDescription.Values] {
        zip(columns, words).map { column, words in
            var column = column
            column.shape = [rows]
            column.words = (words ?? []).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return column
        }
    }

    private mutating func add(word: String, to column: Int) {
        guard words[column] != nil else { return }
        words[column]?.insert(word)
        if word.isEmpty || words[column].map({ $0.count > Self.mostWords }) == true { words[column] = nil }
    }

    private mutating func add(_ line: Span<UInt8>, number: Int, _ path: String) throws(DataError) {
        guard CSVField.count(in: line) == columns.count else {
            throw DataError(
                .wrongColumnCount, file: path, line: number,
                "the line has \(CSVField.count(in: line)) columns, but the first one has \(columns.count)")
        }
        var position = 0
        for column in columns.indices {
            if column > 0 { position += 1 }
            switch CSVField.scanNumber(line, from: position) {
            case .number(let value, let end):
                columns[column].summary.add(Double(value))
                words[column] = nil
                position = end
            case .notANumber, .nonFinite:
                if columns[column].problem == nil {
                    let text = CSVField.text(in: line, from: position)
                    columns[column].problem =
                        text.isEmpty
                        ? "line \(number) has nothing there"
                        : "\(text.debugDescription) in line \(number) is not a number"
                }
                add(word: CSVField.wholeText(in: line, from: position), to: column)
                position = CSVField.end(in: line, from: position)
            }
        }
        rows += 1
    }
}
