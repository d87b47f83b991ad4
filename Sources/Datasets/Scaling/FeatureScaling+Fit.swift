public import Spec

extension FeatureScaling {
    /// Finds the numbers that a scaling needs, from samples as they are before any scaling.
    ///
    /// Mean and standard deviation (of the population, as NumPy's `std`) are taken in Double, in two passes
    /// and in row order, so the same samples give the same bits.
    ///
    /// - Throws: `DataError` when the divisor is zero or not finite as a Float32 number, and when a file with
    ///   samples has changed or cannot be read.
    public static func fit(_ spec: ScaleSpec, on dataset: Dataset) throws(DataError) -> FeatureScaling {
        if let scaling = try FeatureScaling(withoutSamples: spec) { return scaling }
        return switch dataset.features {
        case .bytes(let values): try standardize(values, of: dataset) { Double($0) }
        case .floats(let values): try standardize(values, of: dataset) { Double($0) }
        }
    }

    /// A scaling for which no samples are needed; nil for one that is fitted.
    ///
    /// - Throws: `DataError` when the divisor is zero or not finite as a Float32 number.
    package init?(withoutSamples spec: ScaleSpec) throws(DataError) {
        switch spec {
        case .none: self = .none
        case .divide(let divisor):
            let divisor32 = Float(divisor)
            guard divisor32.isFinite, divisor32 != 0 else {
                throw DataError(
                    .badScale,
                    "data.scale.divide: features cannot be divided by \(divisor), which is \(divisor32) as a 32-bit "
                        + "number; take one from 1e-38 to 1e38")
            }
            self = .divide(by: divisor32)
        case .standardize: return nil
        }
    }

    private static func standardize<Element: Comparable>(
        _ values: SampleStore<Element>, of dataset: Dataset, number: (Element) -> Double
    ) throws(DataError) -> FeatureScaling {
        let size = dataset.featureCount
        let count = Double(dataset.count)

        var first: [Element] = []
        var means = [Double](repeating: 0, count: size)
        // Found by comparing values: the rounding of the mean would give a constant feature a tiny variance.
        var isConstant = [Bool](repeating: true, count: size)
        try values.forEachRun(of: dataset.rows, size: size) { run in
            if first.isEmpty { first = (0..<size).map { run[$0] } }
            for start in stride(from: 0, to: run.count, by: size) {
                for j in 0..<size {
                    means[j] += number(run[start + j])
                    isConstant[j] = isConstant[j] && run[start + j] == first[j]
                }
            }
        }
        for j in 0..<size { means[j] /= count }

        var variances = [Double](repeating: 0, count: size)
        try values.forEachRun(of: dataset.rows, size: size) { run in
            for start in stride(from: 0, to: run.count, by: size) {
                for j in 0..<size {
                    let difference = number(run[start + j]) - means[j]
                    variances[j] += difference * difference
                }
            }
        }
        let deviations = zip(variances, isConstant).map { $1 ? 0 : Float(($0 / count).squareRoot()) }
        return .standardize(means: means.map { Float($0) }, deviations: deviations)
    }
}
