public import Tensor

/// How many rows of `logits` have their largest value at the row's label. Of equal values the first one counts;
/// a row with a NaN is wrong.
///
/// - Parameters:
///   - logits: [batch, classes].
///   - labels: One class index a row.
/// - Returns: 0 ... batch.
public func correctPredictions(_ logits: Tensor, labels: [Int32]) -> Int {
    precondition(logits.shape.rank == 2 && logits.shape[0] == labels.count)
    let values = logits.values
    let classes = logits.shape[1]
    return labels.indices.count { row in
        let start = row * classes
        var best = start
        for i in start..<(start + classes) {
            if values[i].isNaN { return false }
            if values[i] > values[best] { best = i }
        }
        return best - start == Int(labels[row])
    }
}
