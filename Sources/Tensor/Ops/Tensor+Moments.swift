import CKernels

extension Tensor {
    /// The mean over some axes, in Double and rounded once, so that it is finite where the sum is not.
    ///
    /// - Parameters:
    ///   - axes: Counted from 0 or, if negative, from the end; nil for all.
    ///   - keepingAxes: Whether the axes stay with size 1.
    /// - Returns: a tensor without the axes, or with size 1 there; NaN where there is no value.
    /// - Precondition: each axis is in -rank ..< rank.
    public func mean(over axes: Set<Int>? = nil, keepingAxes: Bool = false) -> Tensor {
        let axes = shape.resolved(axes, "mean")
        let groups = AxisGroups(over: axes, of: shape)
        let memory = Tensor.memory(for: groups.kept, like: self)
        if axes.count == 1, let axis = axes.first, !groups.isContiguous {
            let (outer, inner) = shape.around(axis)
            for i in 0..<outer {
                nnd_mean_of_rows(
                    memory.base + i * inner, pointer + i * shape[axis] * inner, shape[axis], inner)
            }
        } else {
            groups.forEach(of: self) { number, row in
                memory.base[number] = Float(
                    sumOfNeighbours(row, count: groups.length) / Double(groups.length))
            }
        }
        let value = Tensor(shape: groups.kept, storage: memory).recorded("mean", [self]) { pass in
            pass.send(to: 0) {
                let share = pass.upstream.reshaped(groups.keptWithAxes) / Float(groups.length)
                return share.expanded(to: self.shape)
            }
        }
        return keepingAxes ? value.reshaped(groups.keptWithAxes) : value
    }

    /// The mean of the squared distances from the mean: in two passes, in Double.
    ///
    /// - Parameters:
    ///   - axes: Over which it is taken, counted from 0 or, if negative, from the end; nil for all.
    ///   - unbiased: Whether to divide by n - 1 in place of n (NaN for n = 1).
    ///   - keepingAxes: Whether the axes stay with size 1.
    /// - Returns: a tensor without the axes, or with size 1 there; NaN where there is no value.
    /// - Precondition: each axis is in -rank ..< rank.
    public func variance(
        over axes: Set<Int>? = nil, unbiased: Bool = false, keepingAxes: Bool = false
    ) -> Tensor {
        let axes = shape.resolved(axes, "variance")
        let groups = AxisGroups(over: axes, of: shape)
        let divisor = Double(unbiased ? groups.length - 1 : groups.length)
        let memory = Tensor.memory(for: groups.kept, like: self)
        groups.forEach(of: self) { number, row in
            let mean = sumOfNeighbours(row, count: groups.length) / Double(groups.length)
            let total = nnd_sum_of_squared_distances(row, mean, groups.length)
            memory.base[number] = divisor > 0 ? Float(total / divisor) : .nan
        }
        let value = Tensor(shape: groups.kept, storage: memory).recorded("variance", [self]) { pass in
            pass.send(to: 0) {
                let scale = pass.upstream.reshaped(groups.keptWithAxes) * Float(2 / divisor)
                return scale * pass.use(self).centred(over: axes)
            }
        }
        return keepingAxes ? value.reshaped(groups.keptWithAxes) : value
    }

    /// Each value less the mean over some axes, the difference taken in Double: what a mean rounded to Float32
    /// would spoil where the values lie far from 0 and close together.
    /// - Precondition: each axis is in -rank ..< rank; -1 is the last one.
    public func centred(over axes: Set<Int>) -> Tensor {
        let axes = shape.resolved(axes, "centred")
        let groups = AxisGroups(over: axes, of: shape)
        let value = groups.map(self) { _, row, out in
            let mean = sumOfNeighbours(row, count: groups.length) / Double(groups.length)
            for i in 0..<groups.length { out[i] = Float(Double(row[i]) - mean) }
        }
        return value.recorded("centred", [self]) { pass in
            // The matrix of this linear function is symmetric.
            pass.send(to: 0) { pass.upstream.centred(over: axes) }
        }
    }
}
