extension Tensor {
    /// The axes in another order, written out: axis i of the result is axis `axes[i]` of this tensor.
    /// Without a copy where only axes of size 1 move.
    /// - Precondition: `axes` holds each of 0 ..< rank once.
    public func permuted(_ axes: [Int]) -> Tensor {
        require(
            axes.sorted() == Array(0..<shape.rank), "permuted(\(axes)) of a tensor of \(shape)")
        let new = Shape(axes.map { shape[$0] })
        let moving = axes.filter { shape[$0] != 1 }
        if moving == moving.sorted() { return reshaped(new) }
        let own = shape.strides
        let memory = Tensor.memory(for: new, like: self)
        copyStrided(pointer, strides: axes.map { own[$0] }, shape: new, into: memory.base)
        var inverse = axes
        for (place, axis) in axes.enumerated() { inverse[axis] = place }
        return Tensor(shape: new, storage: memory).recorded("permute", [self]) { [inverse] pass in
            pass.send(to: 0) { pass.upstream.permuted(inverse) }
        }
    }

    /// Two axes exchanged, written out.
    /// - Precondition: both are in 0 ..< rank.
    public func transposed(_ first: Int, _ second: Int) -> Tensor {
        var axes = Array(0..<shape.rank)
        require(
            axes.contains(first) && axes.contains(second),
            "transposed(\(first), \(second)) of a tensor of \(shape)")
        axes.swapAt(first, second)
        return permuted(axes)
    }

    /// The transpose of a matrix, or of each matrix in the last two axes, written out.
    /// - Precondition: rank 2 or more.
    public func transposed() -> Tensor {
        require(shape.rank >= 2, "transposed() takes a matrix, not a tensor of \(shape)")
        return transposed(shape.rank - 2, shape.rank - 1)
    }
}
