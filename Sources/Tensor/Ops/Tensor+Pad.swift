extension Tensor {
    /// The tensor with a border of `value` around it.
    ///
    /// - Parameters:
    ///   - before: How much goes in front, for each axis.
    ///   - after: How much goes behind, for each axis.
    ///   - value: What the border holds.
    /// - Returns: each size grown by `before` and `after`.
    /// - Precondition: one number for each axis, none negative.
    public func padded(before: [Int], after: [Int], value: Float = 0) -> Tensor {
        require(
            before.count == shape.rank && after.count == shape.rank
                && (before + after).allSatisfy { $0 >= 0 },
            "padded(before: \(before), after: \(after)) of a tensor of \(shape)")
        if (before + after).allSatisfy({ $0 == 0 }) { return self }
        let new = Shape((0..<shape.rank).map { before[$0] + shape[$0] + after[$0] })
        let memory = Tensor.memory(for: new, like: self)
        memory.base.update(repeating: value, count: new.count)
        let strides = new.strides
        spreadRows(pointer, shape: shape, into: memory.base + place(before, strides), strides: strides)
        return Tensor(shape: new, storage: memory).recorded("pad", [self]) { pass in
            pass.send(to: 0) { pass.upstream.cropped(before: before, after: after) }
        }
    }

    /// The tensor with zeros in front and behind along one axis.
    /// - Precondition: the tensor has this axis and neither number is negative.
    public func padded(axis: Int, before: Int, after: Int) -> Tensor {
        require(axis >= 0 && axis < shape.rank, "padded(axis: \(axis)) of a tensor of \(shape)")
        let none = Shape([Int](repeating: 0, count: shape.rank))
        return padded(
            before: none.replacing(axis, with: before).sizes, after: none.replacing(axis, with: after).sizes)
    }

    /// The tensor without its border, written out: the inverse of `padded(before:after:value:)`.
    ///
    /// - Parameters:
    ///   - before: How much is left out in front, for each axis.
    ///   - after: How much is left out behind, for each axis.
    /// - Returns: each size less `before` and `after`.
    /// - Precondition: one number for each axis, none negative, and together no more than the axis' size.
    public func cropped(before: [Int], after: [Int]) -> Tensor {
        require(
            before.count == shape.rank && after.count == shape.rank
                && (before + after).allSatisfy { $0 >= 0 }
                && (0..<shape.rank).allSatisfy { before[$0] + after[$0] <= shape[$0] },
            "cropped(before: \(before), after: \(after)) of a tensor of \(shape)")
        if (before + after).allSatisfy({ $0 == 0 }) { return self }
        let new = Shape((0..<shape.rank).map { shape[$0] - before[$0] - after[$0] })
        let memory = Tensor.memory(for: new, like: self)
        let strides = shape.strides
        copyStrided(pointer + place(before, strides), strides: strides, shape: new, into: memory.base)
        return Tensor(shape: new, storage: memory).recorded("crop", [self]) { pass in
            pass.send(to: 0) { pass.upstream.padded(before: before, after: after) }
        }
    }

    private func place(_ index: [Int], _ strides: [Int]) -> Int {
        zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
