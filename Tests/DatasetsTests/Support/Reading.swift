import Datasets
import Spec
import Testing

extension Dataset {
    /// The scaled features of some rows, or of all.
    func gathered(_ rows: [Int32]? = nil) -> [Float] {
        let rows = rows ?? (0..<count).map { Int32($0) }
        var output = [Float](repeating: .nan, count: rows.count * featureCount)
        var span = output.mutableSpan
        reading { () throws(DataError) in try gatherFeatures(rows: rows.span, into: &span) }
        return output
    }

    /// The class indices of all rows.
    var labels: [Int32] {
        let rows = (0..<count).map { Int32($0) }
        var output = [Int32](repeating: -1, count: count * (labelsPerSample ?? 0))
        var span = output.mutableSpan
        reading { () throws(DataError) in try gatherLabels(rows: rows.span, into: &span) }
        return output
    }

    /// The target values of all rows.
    var values: [Float] {
        let rows = (0..<count).map { Int32($0) }
        var output = [Float](repeating: .nan, count: count * (targetShape ?? []).reduce(1, *))
        var span = output.mutableSpan
        reading { () throws(DataError) in try gatherValues(rows: rows.span, into: &span) }
        return output
    }

    private func reading(_ body: () throws(DataError) -> Void) {
        do throws(DataError) { try body() } catch { Issue.record(error) }
    }
}

/// Reads a table as a classification task.
func readTable(_ path: String, label: String, header: Bool = true) throws(DataError) -> Dataset {
    try Dataset.load(.csv(CSVSourceSpec(path: path, label: label, header: header)), task: .classification)
}

/// Reads a pair of IDX files as a classification task.
func readIDX(images: String, labels: String) throws(DataError) -> Dataset {
    try Dataset.load(.idx(IDXSourceSpec(images: images, labels: labels)), task: .classification)
}

/// Expects the error with this code and sentence; `FILE` in the sentence stands for `path`.
func expect(
    _ code: DataError.Code, _ sentence: String, path: String = "",
    sourceLocation: SourceLocation = #_sourceLocation,
    from body: () throws(DataError) -> Dataset
) {
    do {
        let dataset = try body()
        Issue.record("read \(dataset.count) samples, expected: \(sentence)", sourceLocation: sourceLocation)
    } catch {
        #expect(error.code == code, sourceLocation: sourceLocation)
        let expected = sentence.split(separator: "FILE", omittingEmptySubsequences: false).joined(
            separator: path)
        #expect(error.description == expected, sourceLocation: sourceLocation)
    }
}
