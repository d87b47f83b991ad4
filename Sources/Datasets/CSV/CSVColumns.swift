import Spec

/// How many columns a table has, what they are called, and which of them hold labels.
struct CSVColumns {
    let count: Int
    /// The indices of the labels' columns, in the order in which targets have them.
    let labels: [Int]
    /// For each column its place among `labels`; nil for a feature.
    let places: [Int?]
    /// For each feature of the file, in its order, its place in a sample; nil where those are in the same order.
    var featurePlaces: [Int]?
    /// The number of the line that decided how many columns there are.
    let firstLine: Int
    /// Whether labels are passed over, whatever they are.
    var ignoresLabels = false
    /// Whether the table has a header.
    var hasNames: Bool { !names.isEmpty }

    let names: [String]

    init(count: Int, labels: [Int], names: [String], firstLine: Int) {
        (self.count, self.labels, self.names, self.firstLine) = (count, labels, names, firstLine)
        places = CSVColumns.places(of: labels, count: count)
    }

    /// Reads the first line, be it a header or numbers, and looks for the label's column. `trained` is of the training data, if
    /// these samples are others; the names in a header are looked for there.
    init(
        firstLine line: Span<UInt8>, at number: Int, of source: CSVSourceSpec,
        like trained: SampleNames? = nil
    ) throws(DataError) {
        let texts = CSVField.texts(in: line)
        count = texts.count
        names = source.header ? texts : []
        firstLine = number
        guard count >= 2 else {
            throw DataError(
                .wrongFormat, file: source.path, line: number,
                "the line has one column, but a label and at least one feature are needed; "
                    + CSVColumns.separatorHint(texts[0]))
        }
        do {
            labels = try CSVColumns.find(source.labels, in: names, count: count)
        } catch {
            throw DataError(.labelColumn, file: source.path, line: number, error.problem)
        }
        places = CSVColumns.places(of: labels, count: count)
        if hasNames, let trained, let features = trained.features {
            let own = SampleNames(columns: names, labels: labels).features ?? []
            featurePlaces = try CSVColumns.places(
                of: own, among: features, labels: trained.labelNames, source.path, line: number)
        }
    }

    /// What is kept of them with a job.
    var sampleNames: SampleNames { SampleNames(columns: hasNames ? names : nil, labels: labels) }

    private static func places(of labels: [Int], count: Int) -> [Int?] {
        var places = [Int?](repeating: nil, count: count)
        for (place, column) in labels.enumerated() { places[column] = place }
        return places
    }

    /// What a person calls the column: its name, else its index from 0.
    func name(_ column: Int) -> String {
        hasNames ? names[column].debugDescription : "\(column)"
    }

    private static func find(
        _ labels: [String], in names: [String], count: Int
    ) throws(DataError) -> [Int] {
        var columns: [Int] = []
        for label in labels {
            let column = try find(label, in: names, count: count)
            if columns.contains(column) {
                throw DataError(.labelColumn, "column \(label.debugDescription) is named twice as a label")
            }
            columns.append(column)
        }
        if columns.count == count {
            throw DataError(
                .labelColumn, "all \(count) columns are labels, but at least one feature is needed")
        }
        return columns
    }

    private static func find(_ label: String, in names: [String], count: Int) throws(DataError) -> Int {
        let named = names.indices.filter { names[$0] == label }
        if named.count == 1 { return named[0] }
        if named.count > 1 {
            throw DataError(
                .labelColumn,
                "\(named.count) columns are named \(label.debugDescription); give the label's index from 0")
        }
        if let index = Int(label) {
            if index >= 0, index < count { return index }
            throw DataError(
                .labelColumn,
                "there is no column \(label) for the label; the \(count) columns count from 0 to \(count - 1)"
            )
        }
        guard !names.isEmpty else {
            throw DataError(
                .labelColumn,
                "without a header the label column is given by its index, 0 to \(count - 1), "
                    + "but it is \(label.debugDescription)")
        }
        let nearest = names.min { editDistance($0, label) < editDistance($1, label) } ?? ""
        throw DataError(
            .labelColumn,
            "there is no column \(label.debugDescription) for the label; "
                + "the nearest name is \(nearest.debugDescription)")
    }

    private static func separatorHint(_ line: String) -> String {
        if line.contains(";") { return "columns are separated by commas, not by semicolons" }
        if line.contains("\t") { return "columns are separated by commas, not by tabs" }
        return "columns are separated by commas"
    }
}

/// The number of bytes to insert, delete or replace to make one name of the other (Levenshtein 1966).
private func editDistance(_ first: String, _ second: String) -> Int {
    // Longer names are compared by their beginnings: the cost is a product of lengths, and a file sets them.
    let a = Array(first.utf8.prefix(64))
    let b = Array(second.utf8.prefix(64))
    var row = Array(0...b.count)
    for i in a.indices {
        var diagonal = row[0]
        row[0] = i + 1
        for j in b.indices {
            let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}
