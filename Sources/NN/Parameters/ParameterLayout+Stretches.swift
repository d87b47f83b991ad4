extension ParameterLayout {
    /// A run of neighbouring parameters that an update treats alike.
    package struct Stretch: Equatable, Sendable {
        package var range: Range<Int>
        /// The weight decay there; 0 for none.
        package var weightDecay: Double

        package init(range: Range<Int>, weightDecay: Double) {
            self.range = range
            self.weightDecay = weightDecay
        }
    }

    /// The parts of `range` that an update changes, in order: no running averages, nothing frozen.
    ///
    /// - Parameters:
    ///   - range: A slice of the flat buffer.
    ///   - weightDecay: The optimizer's, for parameters whose policy has none of its own.
    ///   - decaysAll: Whether it applies to biases and norms too.
    /// - Returns: Stretches that are not empty and do not touch unless their decay differs.
    func stretches(in range: Range<Int>, weightDecay: Double, decaysAll: Bool) -> [Stretch] {
        var stretches: [Stretch] = []
        for entry in entries where !entry.parameter.policy.isFrozen {
            let part = entry.range.clamped(to: range)
            if part.isEmpty { continue }
            let applies = entry.parameter.decays || decaysAll
            let decay = applies ? entry.parameter.policy.weightDecay ?? weightDecay : 0
            if let last = stretches.last, last.weightDecay == decay, last.range.upperBound == part.lowerBound
            {
                stretches[stretches.count - 1].range = last.range.lowerBound..<part.upperBound
            } else {
                stretches.append(Stretch(range: part, weightDecay: decay))
            }
        }
        return stretches
    }

    /// The parts of `range` that are trained, in order: no running averages, nothing frozen. They do not touch.
    func trainedRanges(in range: Range<Int>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for entry in entries where !entry.parameter.policy.isFrozen {
            let part = entry.range.clamped(to: range)
            if part.isEmpty { continue }
            if let last = ranges.last, last.upperBound == part.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<part.upperBound
            } else {
                ranges.append(part)
            }
        }
        return ranges
    }
}
