import CKernels

// The loops of the optimizers. Each changes this buffer's numbers w in a range, given the gradients g there.
extension FlatBuffer {
    /// g += decay * w, for w this buffer's numbers.
    public func addDecay(_ decay: Float, to gradients: FlatBuffer, in range: Range<Int>) {
        check(range, with: gradients)
        nnd_add_scaled(gradients.base + range.lowerBound, base + range.lowerBound, decay, range.count)
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

    /// The numbers in Adam's formula that are the same for all elements.
    public struct AdamConstants: Sendable {
        /// The learning rate.
        public var rate: Float
        /// Decay of the first moment.
        public var beta1: Float
        /// Decay of the second moment.
        public var beta2: Float
        /// Added to the root.
        public var epsilon: Float
        /// 1 - beta1
        public var rest1: Float
        /// 1 - beta2
        public var rest2: Float
        /// 1 / (1 - beta1^t)
        public var correction1: Float
        /// 1 / (1 - beta2^t)
        public var correction2: Float

        /// The constants of one update.
        public init(
            rate: Float, beta1: Float, beta2: Float, epsilon: Float, rest1: Float, rest2: Float,
            correction1: Float,
            correction2: Float
        ) {
            self.rate = rate
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
            self.rest1 = rest1
            self.rest2 = rest2
            self.correction1 = correction1
            self.correction2 = correction2
        }
    }

    /// m = beta1 m + rest1 g; v = beta2 v + rest2 g^2; w -= rate (m correction1) / (sqrt(v correction2) +
    /// epsilon)
    public func updateByAdam(
        _ gradients: FlatBuffer, m: FlatBuffer, v: FlatBuffer, _ c: AdamConstants, in range: Range<Int>
    ) {
        check(range, with: gradients, m, v)
        let start = range.lowerBound
        let constants = nnd_adam_constants(
            rate: c.rate, beta1: c.beta1, beta2: c.beta2, epsilon: c.epsilon, rest1: c.rest1, rest2: c.rest2,
            correction1: c.correction1, correction2: c.correction2)
        nnd_adam(
            base + start, gradients.base + start, m.base + start, v.base + start, constants, range.count)
    }

    private func check(_ range: Range<Int>, with others: FlatBuffer...) {
        check(range)
        for other in others {
            other.check(range)
            precondition(other !== self, "the buffers of an update are different ones")
        }
    }
}
