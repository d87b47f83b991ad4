import Control

extension FoundData.Task {
    /// What is odd about labels that are taken as this task's, a sentence each: what was meant may be something else.
    func remarks(on labels: DataDescription.Values) -> [String] {
        guard let low = labels.minimum, let high = labels.maximum else { return [] }
        guard low < high else {
            return ["The label is \(Number.short(low)) in every sample, so there is nothing to learn."]
        }
        switch self {
        case .classification: return classRemarks(labels, low, high)
        case .regression(let outputs):
            if outputs > 1, labels.isWhole, low == 0, high == 1 {
                return [
                    "The \(outputs) labels of a sample are all 0 or 1; if one of them is the class, save its number instead, such as "
                        + "labels.argmax(axis=1)."
                ]
            }
            if outputs == 1, labels.isWhole, low < 0, let distinct = labels.distinct, distinct <= 20 {
                return [
                    "The \(distinct) different labels go from \(Number.short(low)) to \(Number.short(high)); if they are classes, count "
                        + "them from 0."
                ]
            }
            return []
        }
    }

    private func classRemarks(_ labels: DataDescription.Values, _ low: Double, _ high: Double) -> [String] {
        guard let distinct = labels.distinct, Double(distinct) < high + 1 else { return [] }
        let outputs = "the model has \(Number.short(high + 1)) outputs"
        if low > 0, Double(distinct) == high - low + 1 {
            return [
                "The labels go from \(Number.short(low)) to \(Number.short(high)), and classes count from 0, so \(outputs), of which "
                    + "\(Number.short(low)) \(low == 1 ? "is" : "are") never right; subtract \(Number.short(low)) from each label."
            ]
        }
        return [
            "There are \(distinct) different labels from \(Number.short(low)) to \(Number.short(high)), and classes count from 0 without "
                + "gaps, so \(outputs), of which some are never right; number the labels anew, from 0 to \(distinct - 1)."
        ]
    }
}
