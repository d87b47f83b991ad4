import Files
import Spec

extension Dataset {
    /// Reads a whole table, holding in memory what `storage` allows. What is read beside the training data, of which the names
    /// are `trained`, has its features in the order that the training data has.
    static func readCSV(
        _ source: CSVSourceSpec, task: LearningTask, storage: SampleStorage, _ files: FileOpener,
        like trained: SampleNames? = nil
    ) throws(DataError) -> Dataset {
        var lines = try LineReader(path: source.path, longestLine: storage.longestLine, files)
        guard try nextRow(of: &lines) else {
            throw DataError(.empty, file: source.path, "the file holds no lines")
        }
        let columns = try CSVColumns(
            firstLine: lines.buffer.span.extracting(lines.line), at: lines.number, of: source, like: trained)
        var table = CSVTable(
            path: source.path, columns: columns, task: task, storage: storage, like: trained)
        var isRow = !source.header
        repeat {
            if isRow { try table.append(lines.buffer.span.extracting(lines.line), number: lines.number) }
            isRow = true
        } while try nextRow(of: &lines)
        return try table.dataset()
    }

    /// Moves on to the next line that is not blank.
    static func nextRow(of lines: inout LineReader) throws(DataError) -> Bool {
        while try lines.next() {
            if !CSVField.isBlank(lines.buffer.span.extracting(lines.line)) { return true }
        }
        return false
    }
}
