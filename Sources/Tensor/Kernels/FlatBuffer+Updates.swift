import CKernels

// The loops of the optimizers. Each changes this buffer's numbers w in a range, given the gradients g there.
extension FlatBuffer {
    /// g += decay * w, for w this buffer's numbers.
    public func addDecay(_ decay: Float, to gradients: FlatBuffer, in range: Range<Int>) {
        check(range, with: gradients)
        nnd_add_scaled(gradients.base + range.lowerBound, base + range.lowerBound, decay, range.count)
    }

    /// w -= rate * w, for w this buffer's numbers.
    public func decay(rate: Float, in range: Range<Int>) {
        check(range)
        nnd_decay(base + range.lowerBound, rate, range.count)
    }

    /// a += rest * (x - a), for a this buffer's numbers: an exponential moving average of `x`. Unlike
    /// `average`, it does not move at all where a is x.
    public func approach(_ x: FlatBuffer, rest: Float, in range: Range<Int>) {
        check(range, with: x)
        nnd_approach(base + range.lowerBound, x.base + range.lowerBound, rest, range.count)
    }

    /// Takes over the numbers of `other` in `range`.
    public func copy(_ other: FlatBuffer, in range: Range<Int>) {
        check(range, with: other)
        (base + range.lowerBound).update(from: other.base + range.lowerBound, count: range.count)
    }

    /// a = (1 - momentum) a + momentum x, for a this buffer's numbers: a running average that takes in `x`.
    public func average(_ observed: FlatBuffer, momentum: Double, in range: Range<Int>) {
        check(range, with: observed)
        let start = range.lowerBound
        nnd_average(
            base + start, observed.base + start, Float(1 - momentum), Float(momentum), range.count)
    }

    /// w -= rate * g
    public func updateBySGD(_ gradients: FlatBuffer, rate: Float, in range: Range<Int>) {
        check(range, with: gradients)
        nnd_sgd(base + range.lowerBound, gradients.base + range.lowerBound, rate, range.count)
    }

    /// v = momentum * v + g; w -= rate * v
    public func updateByMomentum(
        _ gradients: FlatBuffer, velocity: FlatBuffer, rate: Float, momentum: Float, in range: Range<Int>
    ) {
        check(range, with: gradients, velocity)
        let start = range.lowerBound
        nnd_momentum(
            base + start, gradients.base + start, velocity.base + start, rate, momentum, range.count)
    }

    /// v = momentum * v + g; w -= rate * (g + momentum * v)
    public func updateByNesterov(
        _ gradients: FlatBuffer, velocity: FlatBuffer, rate: Float, momentum: Float, in range: Range<Int>
    ) {
        check(range, with: gradients, velocity)
        let start = range.lowerBound
        nnd_nesterov(
            base + start, gradients.base + start, velocity.base + start, rate, momentum, range.count)
    }

    func check(_ range: Range<Int>, with others: FlatBuffer...) {
        check(range)
        for other in others {
            other.check(range)
            require(other !== self, "the buffers of an update are different ones")
        }
    }
}
