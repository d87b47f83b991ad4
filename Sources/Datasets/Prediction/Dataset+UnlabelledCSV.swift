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
        let (first, number) = (Array(lines.buffer[lines.line]), lines.number)
        // The line below says whether this one is a header.
        var isLine = try nextRow(of: &lines)
        let columns = try CSVColumns(
            unlabelled: first, before: isLine ? Array(lines.buffer[lines.line]) : [], at: number, path, format
        )
        var table = CSVTable(path: path, columns: columns, task: .regression, storage: storage)
        if !columns.hasNames { try table.append(first.span, number: number) }
        while isLine, table.rows < most {
            try table.append(lines.buffer.span.extracting(lines.line), number: lines.number)
            isLine = try nextRow(of: &lines)
        }
        return try table.dataset()
    }
}

extension CSVColumns {
    /// Looks at the first line of a table whose rows are to be predicted, and whose labels may be there or not.
    ///
    /// If it names the columns, and those of the training data had names, features are found by these, whatever their order;
    /// a column that has a label's name is passed over. Otherwise they stand as in the training data, and labels where those
    /// stood there, if there are so many columns. The second line is empty where there is none.
    fileprivate init(
        unlabelled first: [UInt8], before second: [UInt8], at number: Int, _ path: String,
        _ format: SampleFormat
    ) throws(DataError) {
        let labels = format.table?.labels ?? []
        let count = CSVField.count(in: first.span)
        func wrongCount() -> DataError {
            let more = labels.isEmpty ? "" : ", or \(format.size + labels.count) with the labels"
            return DataError(
                .wrongColumnCount, file: path, line: number,
                "the line has \(count) \(count == 1 ? "column" : "columns"), but `model.input` "
                    + "\(format.shape) takes \(format.size)\(more)")
        }
        // A line may be long, and names are made of it.
        guard count <= 2 * (format.size + labels.count) + 64 else { throw wrongCount() }
        let texts = CSVField.texts(in: first.span)
        let trained = format.names
        let labelNames = Set(labels.filter { Int($0) == nil } + (trained?.labelNames ?? []))
        let features = trained?.features
        let hasNames =
            texts.contains(where: labelNames.contains) || CSVHeader.isHeader(first, before: second)
            || features.map { Set($0).isSubset(of: texts) } == true
        guard hasNames, let features else {
            var ignored = hasNames ? texts.indices.filter { labels.contains(texts[$0]) } : []
            let places = trained?.labels ?? labels.compactMap { Int($0) }
            if ignored.isEmpty, count == format.size + labels.count, places.count == labels.count,
                places.allSatisfy(texts.indices.contains)
            {
                ignored = places
            }
            guard count == format.size + ignored.count else { throw wrongCount() }
            self.init(count: count, labels: ignored, names: hasNames ? texts : [], firstLine: number)
            ignoresLabels = true
            return
        }
        let ignored = texts.indices.filter { labelNames.contains(texts[$0]) }
        self.init(count: count, labels: ignored, names: texts, firstLine: number)
        ignoresLabels = true
        featurePlaces = try Self.places(
            of: texts.filter { !labelNames.contains($0) }, among: features,
            labels: trained?.labelNames ?? [], path, line: number)
    }
}
