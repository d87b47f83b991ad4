import CKernels

extension Tensor {
    /// The part of the tensor at `range` along one axis. A view without a copy where the part lies in one
    /// piece: along axis 0, and along others when all axes before have size 1.
    ///
    /// - Parameters:
    ///   - axis: Counted from 0.
    ///   - range: What is kept; may be empty.
    /// - Returns: the same shape with the size `range.count` along `axis`.
    /// - Precondition: axis and range lie inside the shape.
    public func sliced(axis: Int, range: Range<Int>) -> Tensor {
        require(
            axis >= 0 && axis < shape.rank && range.lowerBound >= 0 && range.upperBound <= shape[axis],
            "sliced(axis: \(axis), range: \(range)) of a tensor of \(shape)")
        let length = shape[axis]
        if range.count == length { return self }
        let (outer, inner) = shape.around(axis)
        let (start, run) = (range.lowerBound * inner, range.count * inner)
        let new = shape.replacing(axis, with: range.count)
        let part: Tensor
        if outer == 1 {
            part = Tensor(shape: new, storage: storage, offset: offset + start)
        } else {
            let memory = Tensor.memory(for: new, like: self)
            for i in 0..<outer {
                (memory.base + i * run).update(from: pointer + i * length * inner + start, count: run)
            }
            part = Tensor(shape: new, storage: memory)
        }
        return part.recorded("slice", [self]) { pass in
            if pass.isRecording {
                pass.send(to: 0) {
                    pass.upstream.padded(
                        axis: axis, before: range.lowerBound, after: length - range.upperBound)
                }
                return
            }
            let upstream = pass.upstream.pointer
            pass.add(to: 0, like: self) { target in
                for i in 0..<outer { nnd_add(target + i * length * inner + start, upstream + i * run, run) }
            }
        }
    }

    /// The part at one place along an axis, which the result does not have: step t of a sequence, say.
    /// - Precondition: axis and index lie inside the shape.
    public func selected(axis: Int, index: Int) -> Tensor {
        let part = sliced(axis: axis, range: index..<(index + 1))
        return part.reshaped(Shape(Array(shape.sizes[..<axis]) + shape.sizes[(axis + 1)...]))
    }

    /// The tensor cut into `parts` slices of equal size along an axis.
    /// - Precondition: `parts` is positive and divides the axis' size.
    public func split(into parts: Int, axis: Int) -> [Tensor] {
        require(
            axis >= 0 && axis < shape.rank && parts > 0 && shape[axis] % parts == 0,
            "split(into: \(parts), axis: \(axis)) of a tensor of \(shape)")
        let size = shape[axis] / parts
        return (0..<parts).map { sliced(axis: axis, range: ($0 * size)..<(($0 + 1) * size)) }
    }

    /// The tensor cut along an axis, which the parts do not have: the inverse of `stacked(_:axis:)`.
    /// - Precondition: the tensor has this axis.
    public func unstacked(axis: Int = 0) -> [Tensor] {
        require(axis >= 0 && axis < shape.rank, "unstacked(axis: \(axis)) of a tensor of \(shape)")
        return (0..<shape[axis]).map { selected(axis: axis, index: $0) }
    }
}
