import Tensor

/// The area under the ROC curve: the chance that a sample of class 1 has a higher score than one of class 0, ties
/// counted half (Mann & Whitney 1947; Fawcett 2006, doi:10.1016/j.patrec.2005.10.010, section 7).
///
/// It is a ratio of two whole numbers, counted over the sorted scores, so the samples' order does not matter.
///
/// - Parameters:
///   - scores: Higher for class 1.
///   - labels: 0 or 1, one for each score.
/// - Returns: nil where all samples are of one class or a score is NaN: there is no curve then.
/// - Precondition: as many labels as scores.
public func areaUnderCurve(scores: [Double], labels: [Int32]) -> Double? {
    require(scores.count == labels.count)
    let positives = labels.count { $0 == 1 }
    let negatives = labels.count - positives
    if positives == 0 || negatives == 0 || scores.contains(where: \.isNaN) { return nil }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    // Twice the number of pairs in which class 1 wins; a tie is one half.
    var (wins, negativesBelow, start) = (0, 0, 0)
    while start < order.count {
        var end = start
        var (tiedPositives, tiedNegatives) = (0, 0)
        while end < order.count, scores[order[end]] == scores[order[start]] {
            if labels[order[end]] == 1 { tiedPositives += 1 } else { tiedNegatives += 1 }
            end += 1
        }
        wins += tiedPositives * (2 * negativesBelow + tiedNegatives)
        negativesBelow += tiedNegatives
        start = end
    }
    return Double(wins) / (2 * Double(positives) * Double(negatives))
}
