import Tensor

extension Dataset {
    /// Copies the scaled features of some samples one after another, batch-major. Allocates nothing.
    ///
    /// - Parameters:
    ///   - rows: indices into this view, each in 0 ..< `count`.
    ///   - output: [rows.count, featureCount].
    /// - Precondition: `output` has exactly that many elements and every index is in range.
    public func gatherFeatures(rows: Span<Int32>, into output: inout MutableSpan<Float>) {
        let size = featureCount
        require(output.count == rows.count * size, "the output needs \(rows.count) rows of \(size)")
        for i in rows.indices {
            let source = storedRow(rows[i]) * size
            switch features {
            case .bytes(let values):
                let row = values.span.extracting(source..<source + size)
                kernel.apply(to: row, at: i * size, of: &output) { Float($0) }
            case .floats(let values):
                let row = values.span.extracting(source..<source + size)
                kernel.apply(to: row, at: i * size, of: &output) { $0 }
            }
        }
    }

    /// Copies the class indices of some samples. Allocates nothing.
    ///
    /// - Parameters:
    ///   - rows: indices into this view, each in 0 ..< `count`.
    ///   - output: [rows.count, labelsPerSample].
    /// - Precondition: the targets are classes (`classCount` is not nil), and the sizes agree.
    public func gatherLabels(rows: Span<Int32>, into output: inout MutableSpan<Int32>) {
        switch targets {
        case .classes(let labels, _): gather(rows, of: labels, size: 1, into: &output)
        case .sequences(let labels, let length, _): gather(rows, of: labels, size: length, into: &output)
        case .values: fatalError("the targets are not classes")
        }
    }

    private func gather(
        _ rows: Span<Int32>, of labels: [Int32], size: Int, into output: inout MutableSpan<Int32>
    ) {
        require(output.count == rows.count * size, "the output needs \(rows.count) rows of \(size)")
        for i in rows.indices {
            let source = storedRow(rows[i]) * size
            for j in 0..<size { output[i * size + j] = labels[source + j] }
        }
    }

    /// Copies the target values of some samples one after another, batch-major. Allocates nothing.
    ///
    /// - Parameters:
    ///   - rows: indices into this view, each in 0 ..< `count`.
    ///   - output: [rows.count, product(targetShape)].
    /// - Precondition: the targets are values (`targetShape` is not nil), and the sizes agree.
    public func gatherValues(rows: Span<Int32>, into output: inout MutableSpan<Float>) {
        guard case .values(let values, let shape) = targets else {
            fatalError("the targets are not values")
        }
        let size = shape.reduce(1, *)
        require(output.count == rows.count * size, "the output needs \(rows.count) rows of \(size)")
        for i in rows.indices {
            let source = storedRow(rows[i]) * size
            for j in 0..<size { output[i * size + j] = values[source + j] }
        }
    }
}
