import CKernels

// The loops of the optimizers that keep moments. Each changes this buffer's numbers w in a range, given the
// gradients g there.
extension FlatBuffer {
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
        nnd_adam(base + start, gradients.base + start, m.base + start, v.base + start, c.inC, range.count)
    }

    /// m and v as in Adam; largest = max(largest, v); w -= rate (m correction1) / (sqrt(largest correction2) +
    /// epsilon)
    public func updateByAMSGrad(
        _ gradients: FlatBuffer, m: FlatBuffer, v: FlatBuffer, largest: FlatBuffer, _ c: AdamConstants,
        in range: Range<Int>
    ) {
        check(range, with: gradients, m, v, largest)
        let start = range.lowerBound
        nnd_amsgrad(
            base + start, gradients.base + start, m.base + start, v.base + start, largest.base + start,
            c.inC, range.count)
    }

    /// w -= rate sign(beta1 m + rest1 g), sign(0) = 0; m = beta2 m + rest2 g
    public func updateByLion(
        _ gradients: FlatBuffer, m: FlatBuffer, _ c: AdamConstants, in range: Range<Int>
    ) {
        check(range, with: gradients, m)
        let start = range.lowerBound
        nnd_lion(base + start, gradients.base + start, m.base + start, c.inC, range.count)
    }
}

extension FlatBuffer.AdamConstants {
    fileprivate var inC: nnd_adam_constants {
        nnd_adam_constants(
            rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, rest1: rest1, rest2: rest2,
            correction1: correction1, correction2: correction2)
    }
}
