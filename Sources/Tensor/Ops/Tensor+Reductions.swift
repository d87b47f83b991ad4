extension Tensor {
    /// The sum of all values, a scalar.
    public func sum() -> Tensor {
        let memory = Tensor.memory(for: [], like: self)
        memory.base[0] = Float(sumOfNeighbours(pointer, count: count))
        return Tensor(shape: [], storage: memory).recorded("sum", [self]) { pass in
            pass.send(to: 0) { pass.upstream.expanded(to: self.shape) }
        }
    }

    /// The sum over some axes, which are left out of the result or, with `keepingAxes`, stay with size 1.
    /// - Precondition: each axis is in -rank ..< rank; -1 is the last one.
    public func sum(over axes: Set<Int>, keepingAxes: Bool = false) -> Tensor {
        let axes = shape.resolved(axes, "sum").sorted()
        let groups = AxisGroups(over: Set(axes), of: shape)
        guard let first = axes.first, let last = axes.last else { return self }
        // One rounding at the end, whatever the number of axes: neighbours are summed as one axis.
        let result =
            last - first + 1 == axes.count
            ? joined(first...last).sumOverAxis(first) : sum(groups)
        return result.reshaped(keepingAxes ? groups.keptWithAxes : groups.kept)
    }

    /// The same values with some neighbouring axes as one.
    private func joined(_ axes: ClosedRange<Int>) -> Tensor {
        let sizes = shape.sizes
        let length = sizes[axes].reduce(1, *)
        return reshaped(Shape(sizes[..<axes.lowerBound] + [length] + sizes[(axes.upperBound + 1)...]))
    }

    /// The sum of each group.
    private func sum(_ groups: AxisGroups) -> Tensor {
        let memory = Tensor.memory(for: groups.kept, like: self)
        groups.forEach(of: self) { number, row in
            memory.base[number] = Float(sumOfNeighbours(row, count: groups.length))
        }
        return Tensor(shape: groups.kept, storage: memory).recorded("sum", [self]) { pass in
            pass.send(to: 0) { pass.upstream.reshaped(groups.keptWithAxes).expanded(to: self.shape) }
        }
    }

    private func sumOverAxis(_ axis: Int) -> Tensor {
        let outer = shape.sizes[..<axis].reduce(1, *)
        let inner = shape.sizes[(axis + 1)...].reduce(1, *)
        let length = shape[axis]
        let kept = Array(shape.sizes[..<axis])
        let result = Shape(kept + shape.sizes[(axis + 1)...])
        let memory = Tensor.memory(for: result, like: self)
        for i in 0..<outer {
            let slice = pointer + i * length * inner
            if inner == 1 {
                memory.base[i] = Float(sumOfNeighbours(slice, count: length))
            } else {
                sumRows(
                    slice, rows: length, columns: inner, into: memory.base + i * inner, accumulate: false)
            }
        }
        return Tensor(shape: result, storage: memory).recorded("sum", [self]) { pass in
            pass.send(to: 0) {
                let kept = Shape(kept + [1] + self.shape.sizes[(axis + 1)...])
                return pass.upstream.reshaped(kept).expanded(to: self.shape)
            }
        }
    }

    /// The sum over the axes along which a tensor of `smaller` was stretched to this shape: what
    /// broadcasting's gradient is.
    func summed(to smaller: Shape) -> Tensor {
        if shape == smaller { return self }
        let missing = shape.rank - smaller.rank
        let axes = (0..<shape.rank).filter { $0 < missing || (smaller[$0 - missing] == 1 && shape[$0] != 1) }
        return sum(over: Set(axes)).reshaped(smaller)
    }
}
