import Files
import Spec

/// Describes a table column by column, of which any may be the label's.
struct TableDescription {
    private var columns: [FileDescription.Values]
    private var rows = 0

    /// - Throws: `DataError` when the file is no table: a line has more or fewer columns than the first.
    static func read(
        _ path: String, _ files: FileOpener
    ) throws(DataError) -> (hasHeader: Bool, columns: [FileDescription.Values]) {
        var lines = try LineReader(path: path, longestLine: SampleStorage.standard().longestLine, files)
        var table: TableDescription?
        var hasHeader = false
        while try lines.next() {
            let line = lines.buffer.span.extracting(lines.line)
            if CSVField.isBlank(line) { continue }
            if table == nil {
                let texts = CSVField.texts(in: line)
                hasHeader = hasText(line, columns: texts.count)
                // Says what is wrong with a line of one column.
                _ = try CSVColumns(
                    firstLine: line, at: lines.number,
                    of: CSVSourceSpec(path: path, label: "0", header: false))
                table = TableDescription(hasHeader ? texts : texts.indices.map { "\($0)" })
                if hasHeader { continue }
            }
            try table?.add(line, number: lines.number, path)
        }
        guard let table, table.rows > 0 else {
            throw DataError(.empty, file: path, "the file holds no rows")
        }
        return (hasHeader, table.described)
    }

    private init(_ names: [String]) {
        columns = names.map { FileDescription.Values(name: $0, shape: [], summary: ValueSummary()) }
    }

    private var described: [FileDescription.Values] {
        columns.map { column in
            var column = column
            column.shape = [rows]
            return column
        }
    }

    /// Whether a field is something else than a number, as names of columns are.
    private static func hasText(_ line: Span<UInt8>, columns: Int) -> Bool {
        var position = 0
        for column in 0..<columns {
            if column > 0 { position += 1 }
            guard case .number(_, let end) = CSVField.scanNumber(line, from: position) else { return true }
            position = end
        }
        return false
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
                position = end
            case .notANumber, .nonFinite:
                if columns[column].problem == nil {
                    let text = CSVField.text(in: line, from: position)
                    columns[column].problem =
                        text.isEmpty
                        ? "line \(number) has nothing there"
                        : "\(text.debugDescription) in line \(number) is not a number"
                }
                position = CSVField.end(in: line, from: position)
            }
        }
        rows += 1
    }
}
