/// How often each class (row) was taken for each class (column), and what follows from it for each class.
package struct ConfusionMatrix: Sendable, Equatable {
    package let counts: [[Int]]
    /// What the classes are called.
    package let names: [String]

    /// Nil unless there are as many columns as rows, and none of the counts is below 0. Classes that lack a name are called by
    /// their index.
    package init?(_ counts: [[Int]], names: [String] = []) {
        guard !counts.isEmpty, counts.allSatisfy({ $0.count == counts.count && $0.allSatisfy { $0 >= 0 } })
        else {
            return nil
        }
        self.counts = counts
        self.names = counts.indices.map { $0 < names.count ? names[$0] : "\($0)" }
    }

    /// What of a row's samples was taken for the column's class, from 0 to 1; 0 in a row without samples.
    package func share(_ row: Int, _ column: Int) -> Double {
        let all = support(row)
        return all == 0 ? 0 : Double(counts[row][column]) / Double(all)
    }

    /// How many samples of the class there are.
    package func support(_ row: Int) -> Int { counts[row].reduce(0, +) }

    /// How many were taken for it.
    package func predicted(_ column: Int) -> Int { counts.reduce(0) { $0 + $1[column] } }

    /// How many of those that were taken for the class are of it; nil where none was.
    package func precision(_ index: Int) -> Double? { ratio(counts[index][index], predicted(index)) }

    /// How many of the class were taken for it; nil where it has no samples.
    package func recall(_ index: Int) -> Double? { ratio(counts[index][index], support(index)) }

    /// The harmonic mean of precision and recall, 2 tp / (2 tp + fp + fn); nil for a class that is neither there nor predicted.
    package func f1(_ index: Int) -> Double? {
        ratio(2 * counts[index][index], support(index) + predicted(index))
    }

    /// How many of all samples were taken for what they are; nil where there are none.
    package var accuracy: Double? {
        ratio(counts.indices.reduce(0) { $0 + counts[$1][$1] }, counts.indices.reduce(0) { $0 + support($1) })
    }

    private func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }
}
