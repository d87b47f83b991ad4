extension CSVColumns {
    /// Finds the features of a table among those of the training data, which has columns of the same names in whatever order.
    ///
    /// - Parameters:
    ///   - features: The names of the table's own features, in its order.
    ///   - trained: Those of the training data.
    ///   - labels: What the labels of the training data are called, for sentences.
    ///   - path: Of the table.
    ///   - line: The number of its header.
    /// - Returns: For each of the table's features its place among those of the training data; nil where all stand where they
    ///   did.
    /// - Throws: `DataError` that names the first column that is not one of the training data's, or is missing.
    static func places(
        of features: [String], among trained: [String], labels: [String], _ path: String, line: Int
    ) throws(DataError) -> [Int]? {
        if features == trained { return nil }
        func error(_ column: String, _ problem: String) -> DataError {
            DataError(.columnNames, file: path, line: line, column: column.debugDescription, problem)
        }
        var places: [String: Int] = [:]
        var twice: String?
        for (place, name) in trained.enumerated() where places.updateValue(place, forKey: name) != nil {
            twice = twice ?? name
        }
        if let stranger = features.first(where: { places[$0] == nil }) {
            let with =
                labels.isEmpty ? "" : " with the \(labels.count == 1 ? "label" : "labels") \(excerpt(labels))"
            throw error(
                stranger, "the training data has no such column; its features are \(excerpt(trained))\(with)")
        }
        if let twice {
            throw error(
                twice,
                "the training data has several columns of this name, so all must stand in its order: \(excerpt(trained))"
            )
        }
        var seen: Set<String> = []
        if let double = features.first(where: { !seen.insert($0).inserted }) {
            throw error(double, "there are two columns of this name, and the training data has one")
        }
        if let missing = trained.first(where: { !seen.contains($0) }) {
            throw error(missing, "the column is missing; the training data has it")
        }
        return features.map { places[$0] ?? 0 }
    }

    /// The first of some names, for a sentence.
    private static func excerpt(_ names: [String]) -> String {
        names.prefix(8).map(\.debugDescription).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
}
