package import Control
package import Parallel

extension CheckpointDifference {
    /// Compares two snapshots value by value.
    ///
    /// - Parameters: The snapshots with the ids of their checkpoints.
    /// - Throws: `Problem` of code `conflict` when they do not hold the same tensors in the same buffers.
    package init(
        _ first: (id: Int, snapshot: TrainingSnapshot), _ second: (id: Int, snapshot: TrainingSnapshot)
    ) throws(Problem) {
        let (before, after) = (first.snapshot, second.snapshot)
        let names = (before.buffers.map(\.name), after.buffers.map(\.name))
        guard before.layout == after.layout, names.0 == names.1 else {
            let what = before.layout == after.layout ? "buffers" : "tensors"
            throw Problem(
                .conflict,
                "Checkpoints \(first.id) and \(second.id) do not hold the same \(what), so their values cannot "
                    + "be compared; choose two of one model and optimizer.")
        }
        var tensors: [Tensor] = []
        for (left, right) in zip(before.buffers, after.buffers) {
            var start = 0
            for tensor in before.layout {
                let end = start + tensor.shape.reduce(1, *)
                tensors.append(
                    Tensor(
                        buffer: left.name, name: tensor.name, left.values[start..<end],
                        right.values[start..<end]))
                start = end
            }
        }
        self.init(
            first: .init(id: first.id, step: before.cursor.step),
            second: .init(id: second.id, step: after.cursor.step),
            equalDigests: before.weightsDigest == after.weightsDigest, tensors: tensors)
    }
}

extension CheckpointDifference.Tensor {
    /// Equal bits differ by nothing, be they NaN; one NaN among others makes both measures NaN.
    fileprivate init(buffer: String, name: String, _ left: ArraySlice<Float>, _ right: ArraySlice<Float>) {
        var (equal, largest, squares) = (true, 0.0, 0.0)
        for (a, b) in zip(left, right) where a.bitPattern != b.bitPattern {
            equal = false
            let difference = (Double(a) - Double(b)).magnitude
            if difference > largest || difference.isNaN { largest = difference }
            squares += difference * difference
        }
        if squares.isNaN { largest = .nan }
        self.init(
            buffer: buffer, name: name, equal: equal, largest: largest,
            rootMeanSquare: (squares / Double(max(1, left.count))).squareRoot())
    }
}
