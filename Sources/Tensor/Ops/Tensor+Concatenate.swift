extension Tensor {
    /// The tensors one after another along an axis that they have.
    ///
    /// - Parameters:
    ///   - parts: At least one; all have the same sizes except along `axis`.
    ///   - axis: Counted from 0.
    /// - Returns: their shape, with the sum of their sizes along `axis`.
    /// - Precondition: the shapes fit.
    public static func concatenated(_ parts: [Tensor], axis: Int) -> Tensor {
        guard let first = parts.first else { fatalError("concatenated: there is no tensor") }
        require(
            axis >= 0 && axis < first.shape.rank,
            "concatenated: a tensor of \(first.shape) has no axis \(axis)")
        for part in parts {
            require(
                part.shape.rank == first.shape.rank
                    && part.shape.replacing(axis, with: first.shape[axis]) == first.shape,
                "concatenated along axis \(axis): the shapes \(first.shape) and \(part.shape) do not fit")
        }
        let (outer, inner) = first.shape.around(axis)
        let length = parts.reduce(0) { $0 + $1.shape[axis] }
        let shape = first.shape.replacing(axis, with: length)
        let pool = parts.lazy.compactMap { $0.storage.pool }.first
        let memory = Storage(uninitialized: shape.count, pool: pool)
        var start = 0
        for part in parts {
            let run = part.shape[axis] * inner
            for i in 0..<outer {
                (memory.base + i * length * inner + start).update(from: part.pointer + i * run, count: run)
            }
            start += run
        }
        return Tensor(shape: shape, storage: memory).recorded("concatenate", parts) { pass in
            var start = 0
            for (index, part) in parts.enumerated() {
                let range = start..<(start + part.shape[axis])
                pass.send(to: index) { pass.upstream.sliced(axis: axis, range: range) }
                start = range.upperBound
            }
        }
    }

    /// The tensors side by side along a new axis.
    ///
    /// - Parameters:
    ///   - parts: At least one; all of one shape.
    ///   - axis: Where the new axis goes, in 0 ... rank.
    /// - Returns: the shape of the parts with their number inserted at `axis`.
    /// - Precondition: the shapes are equal.
    public static func stacked(_ parts: [Tensor], axis: Int = 0) -> Tensor {
        guard let first = parts.first else { fatalError("stacked: there is no tensor") }
        require(
            axis >= 0 && axis <= first.shape.rank, "stacked: axis \(axis) for tensors of \(first.shape)")
        for part in parts {
            require(
                part.shape == first.shape,
                "stacked: the shapes \(first.shape) and \(part.shape) are not the same")
        }
        let widened = Shape(first.shape.sizes[..<axis] + [1] + first.shape.sizes[axis...])
        return concatenated(parts.map { $0.reshaped(widened) }, axis: axis)
    }
}
