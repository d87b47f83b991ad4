/// A table of numbers as it is read, row by row: RFC 4180, with blanks around numbers and blank lines
/// allowed.
///
/// The scanner is our own because it makes no string and no array for a field, as the CSV packages for Swift
/// do, and because an error can still name its line and column.
struct CSVTable {
    private let path: String
    private let columns: CSVColumns
    private let task: LearningTask
    private let byteLimit: Int
    private var features: [Float] = []
    private var targets: [Float] = []

    init(path: String, columns: CSVColumns, task: LearningTask, byteLimit: Int) {
        self.path = path
        self.columns = columns
        self.task = task
        self.byteLimit = byteLimit
    }

    /// Adds the row that is written in a line.
    mutating func append(_ line: Span<UInt8>, number: Int) throws(DataError) {
        var position = 0
        let firstTarget = targets.count
        for _ in columns.labels { targets.append(0) }
        for column in 0..<columns.count {
            if column > 0 {
                guard position < line.count else { throw wrongColumnCount(line, number) }
                position += 1
            }
            let scan = CSVField.scanNumber(line, from: position)
            guard case .number(let value, let end) = scan else {
                throw notANumber(
                    line, number, column: column, from: position, isNonFinite: scan == .nonFinite)
            }
            position = end
            if let place = columns.places[column] {
                try check(label: value, number, column: column)
                targets[firstTarget + place] = value
            } else {
                features.append(value)
            }
        }
        guard position == line.count else { throw wrongColumnCount(line, number) }
        guard max(features.count, targets.count) <= byteLimit / MemoryLayout<Float>.size else {
            throw DataError(
                .tooLarge, file: path, line: number,
                "the samples up to here need more than the \(byteLimit) bytes of memory there are")
        }
    }

    /// What has been read, as a data set.
    func dataset() throws(DataError) -> Dataset {
        guard !targets.isEmpty else {
            throw DataError(.empty, file: path, "the file has a header but no rows")
        }
        let targets: Dataset.Targets =
            switch task {
            case .classification where columns.labels.count == 1:
                .classes(labels, classCount: classCount)
            case .classification:
                .sequences(labels, length: columns.labels.count, classCount: classCount)
            case .regression:
                .values(self.targets, shape: [columns.labels.count])
            }
        let width = columns.count - columns.labels.count
        return try Dataset(features: .floats(features), featureShape: [width], targets: targets)
    }

    private var labels: [Int32] { targets.map { Int32($0) } }
    private var classCount: Int { Int(targets.max() ?? 0) + 1 }

    private func check(label: Float, _ number: Int, column: Int) throws(DataError) {
        guard task == .classification else { return }
        // Every whole number up to here is a Float of its own.
        let largest: Float = 16_777_215
        guard label >= 0, label <= largest, label == label.rounded() else {
            throw DataError(
                .badLabel, file: path, line: number, column: columns.name(column),
                "the label \(label) is not a class index, a whole number from 0 to \(Int(largest))")
        }
    }

    private func wrongColumnCount(_ line: Span<UInt8>, _ number: Int) -> DataError {
        let found = CSVField.count(in: line)
        return DataError(
            .wrongColumnCount, file: path, line: number,
            "the line has \(found) \(found == 1 ? "column" : "columns"), "
                + "but line \(columns.firstLine) has \(columns.count)")
    }

    private func notANumber(
        _ line: Span<UInt8>, _ number: Int, column: Int, from start: Int, isNonFinite: Bool
    ) -> DataError {
        let text = CSVField.text(in: line, from: start)
        var problem = "\(text.debugDescription) is not a number"
        if isNonFinite {
            problem = "\(text.debugDescription) is not a finite 32-bit number"
        } else if text.isEmpty {
            problem = "the field is empty, where a number is needed"
        } else if !columns.hasNames, number == columns.firstLine {
            problem += "; if the first line names the columns, say `header: true`"
        }
        return DataError(
            isNonFinite ? .nonFinite : .notANumber, file: path, line: number, column: columns.name(column),
            problem)
    }
}
