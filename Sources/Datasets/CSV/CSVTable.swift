/// A table of numbers as it is read, row by row: RFC 4180, with blanks around numbers and blank lines
/// allowed.
///
/// The scanner is our own because it makes no string and no array for a field, as the CSV packages for Swift
/// do, and because an error can still name its line and column.
struct CSVTable {
    private let path: String
    private let columns: CSVColumns
    private let task: LearningTask
    private let memoryLimit: Int
    private var features: SampleWriter<Float>
    /// Of class indices and of values one stays empty.
    private var labels: SampleWriter<Int32>
    private var values: SampleWriter<Float>
    private var largestLabel: Int32 = 0
    private(set) var rows = 0
    /// Of classes that are words; nil where they are numbers, or no row has come.
    private var words: CSVClassWords?
    /// Whether classes may be words that nobody has named yet.
    private let mayHaveWords: Bool
    private let storage: SampleStorage
    /// The targets of the row under way, in the order of the label columns.
    private var rowTargets: [Float]
    /// The features of the row under way, where the file has them in another order.
    private var rowFeatures: [Float]

    /// `trained` is of the training data, if these samples are others: then classes are those that it has.
    init(
        path: String, columns: CSVColumns, task: LearningTask, storage: SampleStorage,
        like trained: SampleNames? = nil
    ) {
        words = trained?.classes.map(CSVClassWords.init(known:))
        mayHaveWords = trained == nil
        self.storage = storage
        self.path = path
        self.columns = columns
        self.task = task
        memoryLimit = storage.memoryLimit
        features = SampleWriter(path: path, storage: storage)
        labels = SampleWriter(path: path, storage: storage)
        values = SampleWriter(path: path, storage: storage)
        rowTargets = Array(repeating: 0, count: columns.labels.count)
        rowFeatures = Array(repeating: 0, count: columns.featurePlaces?.count ?? 0)
    }

    /// Adds the row that is written in a line.
    mutating func append(_ line: Span<UInt8>, number: Int) throws(DataError) {
        var position = 0
        var feature = 0
        for column in 0..<columns.count {
            if column > 0 {
                guard position < line.count else { throw wrongColumnCount(line, number) }
                position += 1
            }
            if columns.ignoresLabels, columns.places[column] != nil {
                position = CSVField.end(in: line, from: position)
                continue
            }
            if let place = columns.places[column], let label = try word(line, number, column, from: position)
            {
                rowTargets[place] = label
                position = CSVField.end(in: line, from: position)
                continue
            }
            let scan = CSVField.scanNumber(line, from: position)
            guard case .number(let value, let end) = scan else {
                throw notANumber(
                    line, number, column: column, from: position, isNonFinite: scan == .nonFinite)
            }
            position = end
            if let place = columns.places[column] {
                try check(label: value, number, column: column)
                rowTargets[place] = value
            } else if let places = columns.featurePlaces {
                rowFeatures[places[feature]] = value
                feature += 1
            } else {
                features.held.append(value)
            }
        }
        guard position == line.count else { throw wrongColumnCount(line, number) }
        if columns.featurePlaces != nil { features.held += rowFeatures }
        addTargets()
        rows += 1
        try makeRoom()
    }

    /// The class of a label that is a word; nil where labels are numbers, which the first of them decides.
    private mutating func word(
        _ line: Span<UInt8>, _ number: Int, _ column: Int, from start: Int
    ) throws(DataError) -> Float? {
        guard task == .classification else { return nil }
        if words == nil {
            guard mayHaveWords, rows == 0, columns.labels.min() == column,
                CSVField.scanNumber(line, from: start) == .notANumber,
                !CSVField.text(in: line, from: start).isEmpty
            else { return nil }
            words = CSVClassWords()
        }
        do {
            return try words?.number(of: CSVField.wholeText(in: line, from: start))
        } catch {
            throw DataError(
                error.code, file: path, line: number, column: columns.name(column), error.problem)
        }
    }

    private mutating func addTargets() {
        if columns.ignoresLabels { return }
        switch task {
        case .classification:
            for value in rowTargets {
                let label = Int32(value)
                largestLabel = max(largestLabel, label)
                labels.held.append(label)
            }
        case .regression: values.held += rowTargets
        }
    }

    /// Moves samples to files when they have become too many for the memory.
    private mutating func makeRoom() throws(DataError) {
        let targetBytes = labels.heldBytes + values.heldBytes
        if features.heldBytes + targetBytes > memoryLimit {
            if !features.isSpilling, features.heldBytes >= targetBytes {
                try features.spill()
            } else {
                switch task {
                case .classification: try labels.spill()
                case .regression: try values.spill()
                }
            }
        }
        try features.flush()
        try labels.flush()
        try values.flush()
    }

    /// What has been read, as a data set.
    mutating func dataset() throws(DataError) -> Dataset {
        guard rows > 0 else {
            throw DataError(.empty, file: path, "the file has a header but no rows")
        }
        let classCount = words?.names.count ?? Int(largestLabel) + 1
        let targets: Dataset.StoredTargets =
            switch task {
            case _ where columns.ignoresLabels: .unknown
            case .classification where columns.labels.count == 1:
                .classes(try finishedLabels(), classCount: classCount)
            case .classification:
                .sequences(try finishedLabels(), length: columns.labels.count, classCount: classCount)
            case .regression:
                .values(try values.finish(), shape: [columns.labels.count])
            }
        let width = columns.count - columns.labels.count
        var dataset = try Dataset(
            stored: .floats(try features.finish()), featureShape: [width], targets: targets)
        dataset.names = columns.sampleNames
        dataset.names.classes = words?.names
        return dataset
    }

    /// Words were counted in the order in which they came; classes are in that of their names.
    private mutating func finishedLabels() throws(DataError) -> SampleStore<Int32> {
        let labels = try labels.finish()
        guard let classes = words?.classes else { return labels }
        var sorted = SampleWriter<Int32>(path: path, storage: storage)
        if labels.memoryBytes == 0 { try sorted.spill() }
        var failure: DataError?
        try labels.forEachRun(of: nil, size: 1) { run in
            guard failure == nil else { return }
            for i in run.indices { sorted.held.append(classes[Int(run[i])]) }
            do throws(DataError) { try sorted.flush() } catch { failure = error }
        }
        if let failure { throw failure }
        return try sorted.finish()
    }

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
