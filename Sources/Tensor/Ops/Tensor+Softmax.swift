import CKernels

extension Tensor {
    /// e^x over the sum of e^x along an axis. Values of any finite size are safe; where all are -infinity there
    /// is no softmax, and the result is NaN.
    /// - Parameter axis: Counted from 0 or, if negative, from the end.
    /// - Returns: a tensor of the same shape.
    /// - Precondition: the axis is in -rank ..< rank.
    public func softmax(axis: Int = -1) -> Tensor {
        softmax(over: [shape.resolved(axis, "softmax")])
    }

    private func softmax(over axes: Set<Int>) -> Tensor {
        let groups = AxisGroups(over: axes, of: shape)
        let y = groups.mapRows(self) { rows, x, out in nnd_softmax(out, x, rows, groups.length) }
        return y.recorded("softmax", [self]) { pass in
            pass.send(to: 0) {
                if groups.isContiguous && !pass.isRecording {
                    return pass.upstream.sentBack(
                        { out, up, y, _ in nnd_softmax_gradient(out, up, y, groups.kept.count, groups.length)
                        }, at: y)
                }
                let y = pass.use(self).softmax(over: axes)
                let product = pass.upstream * y
                return product - y * product.sum(over: axes, keepingAxes: true)
            }
        }
    }

    /// The logarithm of the softmax along an axis, without the rounding that log(softmax(x)) has.
    /// - Parameter axis: Counted from 0 or, if negative, from the end.
    /// - Returns: a tensor of the same shape.
    /// - Precondition: the axis is in -rank ..< rank.
    public func logSoftmax(axis: Int = -1) -> Tensor {
        let axes: Set = [shape.resolved(axis, "logSoftmax")]
        let groups = AxisGroups(over: axes, of: shape)
        let value = groups.map(self) { _, row, out in
            logSoftmaxRow(row, into: out, count: groups.length)
        }
        return value.recorded("logSoftmax", [self]) { pass in
            pass.send(to: 0) {
                let total = pass.upstream.sum(over: axes, keepingAxes: true)
                return pass.upstream - pass.use(self).softmax(over: axes) * total
            }
        }
    }

    /// log sum e^x over some axes. Values of any finite size are safe. -infinity where all values are, or where
    /// there is none; the gradient is 0 there.
    ///
    /// - Parameters:
    ///   - axes: Counted from 0 or, if negative, from the end; nil for all.
    ///   - keepingAxes: Whether the axes stay with size 1.
    /// - Returns: a tensor without the axes, or with size 1 there.
    /// - Precondition: each axis is in -rank ..< rank.
    public func logSumExp(over axes: Set<Int>? = nil, keepingAxes: Bool = false) -> Tensor {
        let axes = shape.resolved(axes, "logSumExp")
        let groups = AxisGroups(over: axes, of: shape)
        let memory = Tensor.memory(for: groups.kept, like: self)
        let scratch = Storage(uninitialized: groups.length, pool: storage.pool)
        groups.forEach(of: self) { number, row in
            memory.base[number] = logSumExpRow(row, scratch: scratch.base, count: groups.length)
        }
        let plain = Tensor(shape: groups.kept, storage: memory)
        let value = plain.recorded("logSumExp", [self]) { pass in
            pass.send(to: 0) {
                let upstream = pass.upstream.reshaped(groups.keptWithAxes)
                let isEmpty = plain.reshaped(groups.keptWithAxes) .== -.infinity
                return Tensor.where(isEmpty, Tensor(0), upstream * pass.use(self).softmax(over: axes))
            }
        }
        return keepingAxes ? value.reshaped(groups.keptWithAxes) : value
    }
}
