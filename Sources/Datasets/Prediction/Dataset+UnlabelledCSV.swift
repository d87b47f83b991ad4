import Files
import Spec

extension Dataset {
    /// Reads at most so many rows of a table with the columns of training, with the labels or without.
    static func readUnlabelledCSV(
        _ path: String, _ format: SampleFormat, _ most: Int, _ storage: SampleStorage, _ files: FileOpener
    ) throws(DataError) -> Dataset {
        var lines = try LineReader(path: path, longestLine: storage.longestLine, files)
        guard try nextRow(of: &lines) else {
            throw DataError(.empty, file: path, "the file holds no lines")
        }
        let columns = try CSVColumns(
            unlabelled: lines.buffer.span.extracting(lines.line), at: lines.number, path, format)
        var table = CSVTable(path: path, columns: columns, task: .regression, storage: storage)
        var isRow = !columns.hasNames
        var isLine = true
        while isLine {
            if isRow { try table.append(lines.buffer.span.extracting(lines.line), number: lines.number) }
            isRow = true
            isLine = if table.rows < most { try nextRow(of: &lines) } else { false }
        }
        return try table.dataset()
    }
}

extension CSVColumns {
    /// Looks at the first line of a table whose rows are to be predicted. The labels may be there: a column by that name is
    /// passed over, and so is one at the label's index where otherwise there would be too many.
    ///
    /// The line names the columns where none of its fields is a number.
    fileprivate init(
        unlabelled line: Span<UInt8>, at number: Int, _ path: String, _ format: SampleFormat
    ) throws(DataError) {
        let texts = CSVField.texts(in: line)
        let labels = format.table?.labels ?? []
        let hasNames = !texts.contains(where: Self.isNumber) || texts.contains(where: labels.named.contains)
        guard hasNames || format.table?.header != true else {
            throw DataError(
                .wrongFormat, file: path, line: number,
                "the first line must name the columns, as it does in the table that the job was trained on")
        }
        var ignored = texts.indices.filter { hasNames && labels.contains(texts[$0]) }
        let indices = labels.compactMap { Int($0) }.filter(texts.indices.contains)
        if ignored.isEmpty, texts.count == format.size + labels.count, indices.count == labels.count {
            ignored = indices
        }
        guard texts.count == format.size + ignored.count else {
            let more = labels.isEmpty ? "" : ", or \(format.size + labels.count) with the labels"
            throw DataError(
                .wrongColumnCount, file: path, line: number,
                "the line has \(texts.count) \(texts.count == 1 ? "column" : "columns"), but `model.input` "
                    + "\(format.shape) takes \(format.size)\(more)")
        }
        self.init(
            count: texts.count, labels: ignored, names: hasNames ? texts : [], firstLine: number)
        ignoresLabels = true
    }

    private static func isNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let scan = DecimalNumber.scan(bytes.span, from: 0)
        if case .number(_, let end) = scan { return end == bytes.count }
        return scan == .nonFinite
    }
}

extension [String] {
    /// Those that are no indices.
    fileprivate var named: [String] { filter { Int($0) == nil } }
}
