import Tensor

extension Dataset {
    /// Copies the scaled features of some samples one after another, batch-major. Allocates nothing where the samples
    /// are in memory.
    ///
    /// - Parameters:
    ///   - rows: indices into this view, each in 0 ..< `count`.
    ///   - output: [rows.count, featureCount].
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    /// - Precondition: `output` has exactly that many elements and every index is in range.
    public func gatherFeatures(
        rows: Span<Int32>, into output: inout MutableSpan<Float>
    ) throws(DataError) {
        let size = featureCount
        require(output.count == rows.count * size, "the output needs \(rows.count) rows of \(size)")
        switch features {
        case .bytes(let values):
            try values.forEach(rows, of: self.rows, size: size) { place, row in
                kernel.apply(to: row, at: place * size, of: &output)
            }
        case .floats(let values):
            try values.forEach(rows, of: self.rows, size: size) { place, row in
                kernel.apply(to: row, at: place * size, of: &output)
            }
        }
    }

    /// Copies the class indices of some samples. Allocates nothing where the samples are in memory.
    ///
    /// - Parameters:
    ///   - rows: indices into this view, each in 0 ..< `count`.
    ///   - output: [rows.count, labelsPerSample].
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    /// - Precondition: the targets are classes (`classCount` is not nil), and the sizes agree.
    public func gatherLabels(
        rows: Span<Int32>, into output: inout MutableSpan<Int32>
    ) throws(DataError) {
        switch targets {
        case .classes(let labels, _): try gather(rows, of: labels, size: 1, into: &output)
        case .sequences(let labels, let length, _):
            try gather(rows, of: labels, size: length, into: &output)
        case .values, .unknown: fatalError("the targets are not classes")
        }
    }

    /// Copies the target values of some samples one after another, batch-major. Allocates nothing where the samples are
    /// in memory.
    ///
    /// - Parameters:
    ///   - rows: indices into this view, each in 0 ..< `count`.
    ///   - output: [rows.count, product(targetShape)].
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    /// - Precondition: the targets are values (`targetShape` is not nil), and the sizes agree.
    public func gatherValues(
        rows: Span<Int32>, into output: inout MutableSpan<Float>
    ) throws(DataError) {
        guard case .values(let values, let shape) = targets else {
            fatalError("the targets are not values")
        }
        try gather(rows, of: values, size: shape.reduce(1, *), into: &output)
    }

    private func gather<Element>(
        _ rows: Span<Int32>, of values: SampleStore<Element>, size: Int,
        into output: inout MutableSpan<Element>
    ) throws(DataError) {
        require(output.count == rows.count * size, "the output needs \(rows.count) rows of \(size)")
        try values.forEach(rows, of: self.rows, size: size) { place, row in
            for j in row.indices { output[place * size + j] = row[j] }
        }
    }
}
