package import Datasets

/// A feature scaling as it is kept with the weights that were trained on its output.
package struct ScalingSnapshot: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case none, divide, standardize
    }

    package let kind: Kind
    /// Nothing; the divisor; the means and after them the standard deviations.
    package let numbers: [Float]

    package init(_ scaling: FeatureScaling) {
        switch scaling {
        case .none: (kind, numbers) = (.none, [])
        case .divide(let divisor): (kind, numbers) = (.divide, [divisor])
        case .standardize(let means, let deviations):
            (kind, numbers) = (.standardize, means + deviations)
        }
    }

    /// - Returns: nil when there are not as many numbers as scalings of this kind have.
    package init?(kind: Kind, numbers: [Float]) {
        switch kind {
        case .none: guard numbers.isEmpty else { return nil }
        case .divide: guard numbers.count == 1 else { return nil }
        case .standardize: guard !numbers.isEmpty, numbers.count.isMultiple(of: 2) else { return nil }
        }
        (self.kind, self.numbers) = (kind, numbers)
    }

    /// What is done to features.
    package var scaling: FeatureScaling {
        switch kind {
        case .none: .none
        case .divide: numbers.first.map { .divide(by: $0) } ?? .none
        case .standardize:
            .standardize(
                means: Array(numbers.prefix(numbers.count / 2)),
                deviations: Array(numbers.suffix(numbers.count / 2)))
        }
    }
}
