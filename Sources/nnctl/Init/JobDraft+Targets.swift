import Control

/// Targets are not scaled; what is, is what the model begins with.
extension JobDraft {
    /// The largest target, whatever its sign; nil for classes.
    private var magnitude: Double? {
        guard !isClassification else { return nil }
        return [data.train.labels.minimum, data.train.labels.maximum].compactMap { $0?.magnitude }.max()
    }

    /// Of the weights that the last layer begins with, where targets are far above 1. An optimizer such as Adam moves each weight
    /// by about its rate in a step, so a last layer of usual weights would need as many steps as the targets are large; from
    /// weights of their size on, the layers before it have to learn no more than they do for small targets.
    ///
    /// - Returns: With one significant digit; nil where usual weights do.
    var outputDeviation: String? {
        guard let magnitude, magnitude.isFinite, magnitude > 10 else {
            return nil
        }
        let inputs = hasConvolutions ? 64 : units.last ?? 16
        let deviation = magnitude / (2 * Double(inputs).squareRoot())
        // Neither the next power of ten nor its digits are left to rounding: `1e+04` is no number of YAML's for everybody.
        var (digits, exponent) = (deviation, 0)
        while digits >= 9.5 { (digits, exponent) = (digits / 10, exponent + 1) }
        while digits < 0.95 { (digits, exponent) = (digits * 10, exponent - 1) }
        let digit = Int(digits.rounded())
        if (0...6).contains(exponent) { return "\(digit)" + String(repeating: "0", count: exponent) }
        return "\(digit).0e\(exponent)"
    }

    /// Whether the learning rate begins high and falls: the dense layers of such a model bear it, and their targets ask for it.
    var learnsFast: Bool { outputDeviation != nil && !hasConvolutions }

    /// What is odd about labels or targets, a sentence each.
    var remarks: [String] {
        guard let magnitude, let low = data.train.labels.minimum, let high = data.train.labels.maximum,
            low < high
        else { return data.remarks }
        let range = "between \(Number.short(low)) and \(Number.short(high))"
        if high - low < magnitude / 20 {
            return data.remarks + [
                "The targets lie close together and far from 0, \(range), which takes long to learn; subtract "
                    + "\(Number.short(((low + high) / 2).rounded())) from each."
            ]
        }
        if magnitude < 0.1 {
            return data.remarks + [
                "The targets are small, \(range), less than a step of the optimizer moves an output; multiply them so that the largest is "
                    + "about 1."
            ]
        }
        return data.remarks
    }
}
