extension Tensor {
    /// The same values under another shape, without a copy.
    /// - Precondition: both shapes have the same number of values.
    public func reshaped(_ new: Shape) -> Tensor {
        require(new.count == count, "a tensor of \(shape) cannot take the shape \(new)")
        if new == shape { return self }
        return Tensor(shape: new, storage: storage, offset: offset).recorded("reshape", [self]) { pass in
            pass.send(to: 0) { pass.upstream.reshaped(self.shape) }
        }
    }

    /// The values stretched to `new` as broadcasting does it, written out.
    /// - Precondition: this shape broadcasts to `new`.
    public func expanded(to new: Shape) -> Tensor {
        if new == shape { return self }
        require(shape.broadcast(with: new) == new, "a tensor of \(shape) does not expand to \(new)")
        let memory = Tensor.memory(for: new, like: self)
        let strides = shape.strides(broadcastTo: new)
        let step = strides.last ?? 0
        forEachRow(of: new, strides: strides, strides) { at, from, _, length in
            let (source, target) = (pointer + from, memory.base + at)
            if step == 1 {
                target.update(from: source, count: length)
            } else {
                target.update(repeating: source[0], count: length)
            }
        }
        return Tensor(shape: new, storage: memory).recorded("expand", [self]) { pass in
            pass.send(to: 0) { pass.upstream.summed(to: self.shape) }
        }
    }

    /// The same values with the axes from `first` on merged into one, without a copy: with 1, what stands
    /// between a convolution and a dense layer.
    /// - Precondition: `first` is in 0 ... rank. With `first` = rank the new last axis has size 1.
    public func flattened(from first: Int = 0) -> Tensor {
        require(first >= 0 && first <= shape.rank, "flattened(from: \(first)) of a tensor of \(shape)")
        return reshaped(Shape(shape.sizes[..<first] + [shape.sizes[first...].reduce(1, *)]))
    }
}
