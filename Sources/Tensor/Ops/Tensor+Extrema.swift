import CKernels

extension Tensor {
    /// The largest value over some axes; NaN where one is. The gradient goes to the first maximum in row-major
    /// order (JAX divides it among equal ones).
    ///
    /// - Parameters:
    ///   - axes: Counted from 0 or, if negative, from the end; nil for all.
    ///   - keepingAxes: Whether the axes stay with size 1.
    /// - Returns: a tensor without the axes, or with size 1 there.
    /// - Precondition: each axis is in -rank ..< rank and no maximum is taken of nothing.
    public func max(over axes: Set<Int>? = nil, keepingAxes: Bool = false) -> Tensor {
        extremum("max", axes, keepingAxes) { $0 > $1 }
    }

    /// The smallest value over some axes; NaN where one is. The gradient goes to the first minimum in row-major
    /// order (JAX divides it among equal ones).
    ///
    /// - Parameters:
    ///   - axes: Counted from 0 or, if negative, from the end; nil for all.
    ///   - keepingAxes: Whether the axes stay with size 1.
    /// - Returns: a tensor without the axes, or with size 1 there.
    /// - Precondition: each axis is in -rank ..< rank and no minimum is taken of nothing.
    public func min(over axes: Set<Int>? = nil, keepingAxes: Bool = false) -> Tensor {
        extremum("min", axes, keepingAxes) { $0 < $1 }
    }

    /// Where along an axis the largest value is: the first one of equals, or the first NaN.
    ///
    /// - Parameter axis: Counted from 0 or, if negative, from the end.
    /// - Returns: the positions along `axis`, counted from 0, in row-major order of the other axes.
    /// - Precondition: the axis is in -rank ..< rank and its size is not 0, unless the result is empty.
    public func argmax(_ axis: Int = -1) -> [Int32] {
        let groups = AxisGroups(over: [shape.resolved(axis, "argmax")], of: shape)
        return positions("argmax", groups) { $0 > $1 }
    }

    /// Where along an axis the smallest value is: the first one of equals, or the first NaN.
    ///
    /// - Parameter axis: Counted from 0 or, if negative, from the end.
    /// - Returns: the positions along `axis`, counted from 0, in row-major order of the other axes.
    /// - Precondition: the axis is in -rank ..< rank and its size is not 0, unless the result is empty.
    public func argmin(_ axis: Int = -1) -> [Int32] {
        let groups = AxisGroups(over: [shape.resolved(axis, "argmin")], of: shape)
        return positions("argmin", groups) { $0 < $1 }
    }

    /// How many rows of the last axis have their largest value at their label. Of equal values the first one counts; a
    /// row with a NaN does not, nor a label that is no place in the row.
    /// - Precondition: there is a label for each row.
    package func rowsWithLargest(at labels: [Int32]) -> Int {
        let columns = shape.sizes.last ?? 0
        require(
            labels.count * columns == count, "\(labels.count) labels for the rows of a tensor of \(shape)")
        return nnd_rows_with_largest_at(pointer, labels, labels.count, columns)
    }

    /// The value of each group that comes before all others. By the positions, so that the value, the gradient
    /// and `argmax` never disagree.
    private func extremum(
        _ name: StaticString, _ axes: Set<Int>?, _ keepingAxes: Bool, _ isBefore: (Float, Float) -> Bool
    ) -> Tensor {
        let groups = AxisGroups(over: shape.resolved(axes, name), of: shape)
        let positions = positions(name, groups, isBefore)
        let memory = Tensor.memory(for: groups.kept, like: self)
        groups.forEach(of: self) { number, row in memory.base[number] = row[Int(positions[number])] }
        let value = Tensor(shape: groups.kept, storage: memory).recorded(name, [self]) { pass in
            pass.send(to: 0) {
                let mask = groups.map(self) { number, _, out in
                    out.update(repeating: 0, count: groups.length)
                    out[Int(positions[number])] = 1
                }
                return Tensor.where(mask, pass.upstream.reshaped(groups.keptWithAxes), Tensor(0))
            }
        }
        return keepingAxes ? value.reshaped(groups.keptWithAxes) : value
    }

    private func positions(
        _ name: StaticString, _ groups: AxisGroups, _ isBefore: (Float, Float) -> Bool
    ) -> [Int32] {
        require(
            groups.length > 0 || groups.kept.count == 0,
            "\(name): nothing to choose from in a tensor of \(shape)")
        require(
            groups.length <= Int(Int32.max), "\(name): more values in a group than Int32 counts")
        var positions = [Int32](repeating: 0, count: groups.kept.count)
        groups.forEach(of: self) { number, row in
            var first = 0
            for i in 0..<groups.length where isBefore(row[i], row[first]) || row[i].isNaN {
                first = i
                if row[i].isNaN { break }
            }
            positions[number] = Int32(first)
        }
        return positions
    }
}
