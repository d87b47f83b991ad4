public import Tensor

/// How many rows of `logits` have their largest value at the row's label. Of equal values the first one counts;
/// a row with a NaN is wrong.
///
/// - Parameters:
///   - logits: [batch, classes] or, with a label for each position, [batch, positions, classes].
///   - labels: One class index a row of the last axis.
/// - Returns: 0 ... the number of labels.
public func correctPredictions(_ logits: Tensor, labels: [Int32]) -> Int {
    logits.rowsWithLargest(at: labels)
}

/// Where each row of the last axis has its largest value; of equal values the first. -1 for a row with a NaN.
///
/// - Parameter logits: [batch, classes] or [batch, positions, classes].
/// - Returns: One class index a row.
public func predictedClasses(_ logits: Tensor) -> [Int32] {
    forEachRow(of: logits) { row in
        var best = row.startIndex
        for j in row.indices {
            if row[j].isNaN { return -1 }
            if row[j] > row[best] { best = j }
        }
        return Int32(best - row.startIndex)
    }
}

/// Class 1 where a logit is above 0, which is a probability above a half, else class 0; -1 for a NaN.
///
/// - Parameter logits: Any shape.
/// - Returns: One class index a logit.
public func predictedClasses(ofBinary logits: Tensor) -> [Int32] {
    logits.values.map { $0.isNaN ? -1 : $0 > 0 ? 1 : 0 }
}

/// Class 1 where a target is a half or more, else class 0.
///
/// - Parameter targets: Numbers from 0 to 1, of any shape.
/// - Returns: One class index a target.
public func classes(ofBinary targets: Tensor) -> [Int32] {
    targets.values.map { $0 >= 0.5 ? 1 : 0 }
}

/// How many labels are among the `k` largest values of their rows. Of equal values the first ones count, so that `k`
/// of 1 is `correctPredictions`; a row with a NaN is wrong.
///
/// - Parameters:
///   - logits: [batch, classes] or [batch, positions, classes].
///   - labels: One class index a row of the last axis.
///   - k: At least 1.
/// - Returns: 0 ... the number of labels.
public func topKCorrect(_ logits: Tensor, labels: [Int32], k: Int) -> Int {
    let places = forEachRow(of: logits) { row in row }
    require(places.count == labels.count, "\(labels.count) labels for logits \(logits.shape)")
    return zip(places, labels).count { row, label in
        let start = row.startIndex + Int(label)
        var better = 0
        for j in row.indices {
            if row[j].isNaN { return false }
            if row[j] > row[start] || (row[j] == row[start] && j < start) { better += 1 }
        }
        return better < k
    }
}

/// What `body` makes of each row of the last axis.
private func forEachRow<Result>(of x: Tensor, _ body: (ArraySlice<Float>) -> Result) -> [Result] {
    require(x.shape.rank >= 1, "a number has no classes")
    let (values, columns) = (x.values, x.shape[x.shape.rank - 1])
    guard columns > 0 else { return [] }
    return stride(from: 0, to: values.count, by: columns).map { body(values[$0..<($0 + columns)]) }
}
