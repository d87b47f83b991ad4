import CKernels

extension Tensor {
    /// (x - centre) * weight + bias with numbers of its own for each place along one axis: what follows a normalisation.
    ///
    /// - Parameters:
    ///   - axis: The axis of the channels or features, counted from 0.
    ///   - centre: What is taken off first, a constant through which no gradient flows; nil for nothing.
    ///   - weight: [size of the axis]
    ///   - bias: [size of the axis]; nil for none.
    /// - Returns: a tensor of the same shape.
    /// - Precondition: the tensor has the axis, and the others have its size.
    public func channelAffine(
        axis: Int, centre: Tensor? = nil, weight: Tensor, bias: Tensor? = nil
    ) -> Tensor {
        require(
            axis >= 0 && axis < shape.rank
                && [centre, weight, bias].allSatisfy { $0.map { $0.shape == [shape[axis]] } ?? true },
            "channelAffine: weight \(weight.shape) and bias \(bias?.shape.description ?? "none") for axis \(axis) "
                + "of a tensor of \(shape)")
        let sizes = ChannelGroups(
            outer: shape.sizes[..<axis].reduce(1, *), groups: shape[axis],
            inner: shape.sizes[(axis + 1)...].reduce(1, *))
        let slope = weight.doubles
        let centres = centre?.doubles ?? sizes.zeros
        let memory = Tensor.memory(for: shape, like: self)
        nnd_group_affine(
            memory.base, pointer, centres, slope, bias?.doubles ?? sizes.zeros, sizes.sizes)
        let y = Tensor(shape: shape, storage: memory)
        return y.recorded("channelAffine", [self, weight] + (bias.map { [$0] } ?? [])) { pass in
            let upstream = pass.upstream
            if pass.isRecording {
                let spread = Shape((0..<self.shape.rank).map { $0 == axis ? self.shape[axis] : 1 })
                let others = Set(0..<self.shape.rank).subtracting([axis])
                let x = centre.map { self - $0.detached.reshaped(spread) } ?? self
                pass.send(to: 0) { upstream * weight.reshaped(spread) }
                pass.send(to: 1) { (upstream * x).sum(over: others) }
                if bias != nil { pass.send(to: 2) { upstream.sum(over: others) } }
                return
            }
            pass.send(to: 0) {
                let memory = Tensor.memory(for: self.shape, like: upstream, self)
                nnd_group_affine(
                    memory.base, upstream.pointer, sizes.zeros, slope, sizes.zeros, sizes.sizes)
                return Tensor(shape: self.shape, storage: memory)
            }
            pass.send(to: 1) {
                Tensor(
                    rounding: sizes.products(upstream.pointer, self.pointer, centres: centres), like: upstream
                )
            }
            if bias != nil {
                pass.send(to: 2) { Tensor(rounding: sizes.sums(upstream.pointer), like: upstream) }
            }
        }
    }

    var doubles: [Double] { values.map(Double.init) }

    /// A vector of these numbers, in memory from where `other` has its own.
    init(rounding values: [Double], like other: Tensor) {
        self.init(values.map { Float($0) }, shape: [values.count], pool: other.storage.pool)
    }
}
