extension Tensor {
    /// The slices at `indices` along an axis, in that order; an index may come up often. Along axis 0 of a
    /// table [vocabulary, size] this is an embedding.
    ///
    /// - Parameters:
    ///   - indices: Places along `axis`.
    ///   - axis: Counted from 0.
    /// - Returns: the same shape with the size `indices.count` along `axis`.
    /// - Precondition: axis and indices lie inside the shape.
    public func gathered(indices: [Int32], axis: Int = 0) -> Tensor {
        require(
            axis >= 0 && axis < shape.rank, "gathered(indices:axis: \(axis)) of a tensor of \(shape)")
        let length = shape[axis]
        checkIndices("gathered", indices, below: length)
        let (outer, inner) = shape.around(axis)
        let new = shape.replacing(axis, with: indices.count)
        let memory = Tensor.memory(for: new, like: self)
        var target = memory.base
        for i in 0..<outer {
            let slices = pointer + i * length * inner
            for index in indices {
                target.update(from: slices + Int(index) * inner, count: inner)
                target += inner
            }
        }
        return Tensor(shape: new, storage: memory).recorded("gather", [self]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { pass.upstream.scatterAdded(indices: indices, axis: axis, count: length) }
                return
            }
            let upstream = pass.upstream.pointer
            pass.write(to: 0, like: self) { target, accumulate in
                sumByIndex(
                    upstream, SourcesByIndex(indices, count: length), outer: outer, inner: inner,
                    into: target, accumulate: accumulate)
            }
        }
    }

    /// Zeros, to which slice i of this tensor is added at `indices[i]` along an axis: the transpose of
    /// `gathered(indices:axis:)`. What meets at one place is summed in Double in the order of i.
    ///
    /// - Parameters:
    ///   - indices: One place for each slice.
    ///   - axis: Counted from 0.
    ///   - count: The result's size along `axis`.
    /// - Returns: the same shape with the size `count` along `axis`.
    /// - Precondition: as many indices as slices, each in 0 ..< count.
    public func scatterAdded(indices: [Int32], axis: Int = 0, count: Int) -> Tensor {
        require(
            axis >= 0 && axis < shape.rank && shape[axis] == indices.count,
            "scatterAdded: \(indices.count) indices along axis \(axis) of a tensor of \(shape)")
        checkIndices("scatterAdded", indices, below: count)
        let (outer, inner) = shape.around(axis)
        let new = shape.replacing(axis, with: count)
        let memory = Tensor.memory(for: new, like: self)
        sumByIndex(
            pointer, SourcesByIndex(indices, count: count), outer: outer, inner: inner, into: memory.base,
            accumulate: false)
        return Tensor(shape: new, storage: memory).recorded("scatterAdd", [self]) { pass in
            pass.send(to: 0) { pass.upstream.gathered(indices: indices, axis: axis) }
        }
    }

    /// For each label a row of zeros with a 1 at the label. A constant: no gradient flows through it.
    ///
    /// - Parameters:
    ///   - labels: Class indices.
    ///   - classes: How many classes there are.
    ///   - pool: Where the memory comes from.
    /// - Returns: [labels, classes]
    /// - Precondition: each label is in 0 ..< classes.
    public static func oneHot(_ labels: [Int32], classes: Int, pool: BufferPool? = nil) -> Tensor {
        checkIndices("oneHot", labels, below: classes)
        let memory = Storage(repeating: 0, count: labels.count * classes, pool: pool)
        for (row, label) in labels.enumerated() { memory.base[row * classes + Int(label)] = 1 }
        return Tensor(shape: [labels.count, classes], storage: memory)
    }
}

private func checkIndices(_ name: StaticString, _ indices: [Int32], below count: Int) {
    for index in indices {
        require(index >= 0 && Int(index) < count, "\(name): the index \(index) is not in 0..<\(count)")
    }
}
