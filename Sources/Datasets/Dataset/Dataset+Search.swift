extension Dataset {
    /// One feature of one sample.
    package struct Place: Sendable, Equatable {
        /// The sample in its file, counted from 0.
        package let sample: Int
        /// The feature in its sample, counted from 0.
        package let feature: Int
        /// The value as the model would get it, scaled.
        package let value: Float
    }

    /// The first feature, in this view's order, whose scaled value is wrong; nil when none is.
    package func firstFeature(where isWrong: (Float) -> Bool) -> Place? {
        let size = featureCount
        var row = [Float](repeating: 0, count: size)
        for sample in 0..<count {
            let rows = [Int32(sample)]
            var span = row.mutableSpan
            gatherFeatures(rows: rows.span, into: &span)
            if let feature = row.firstIndex(where: isWrong) {
                return Place(sample: storedRow(Int32(sample)), feature: feature, value: row[feature])
            }
        }
        return nil
    }
}
