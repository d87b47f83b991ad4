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
    ///
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    package func firstFeature(where isWrong: (Float) -> Bool) throws(DataError) -> Place? {
        let size = featureCount
        let most = max(1, (1 << 16) / size)
        var values: [Float] = []
        for start in stride(from: 0, to: count, by: most) {
            let samples = (start..<min(start + most, count)).map { Int32($0) }
            if values.count != samples.count * size {
                values = [Float](repeating: 0, count: samples.count * size)
            }
            var span = values.mutableSpan
            try gatherFeatures(rows: samples.span, into: &span)
            if let index = values.firstIndex(where: isWrong) {
                let sample = samples[index / size]
                return Place(sample: storedRow(sample), feature: index % size, value: values[index])
            }
        }
        return nil
    }
}
