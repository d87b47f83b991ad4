import CKernels

// The loops of the optimizers that divide by a root of squared gradients. Each changes this buffer's numbers w in
// a range, given the gradients g there.
extension FlatBuffer {
    /// The numbers that are the same for all elements where squares are averaged.
    public struct DecayConstants: Sendable {
        /// The learning rate.
        public var rate: Float
        /// How much of the average is kept.
        public var decay: Float
        /// 1 - decay
        public var rest: Float
        /// Keeps the division finite.
        public var epsilon: Float
        /// Added under RMSprop's root.
        public var innerEpsilon: Float

        /// The constants of one update.
        public init(rate: Float, decay: Float, rest: Float, epsilon: Float, innerEpsilon: Float = 0) {
            self.rate = rate
            self.decay = decay
            self.rest = rest
            self.epsilon = epsilon
            self.innerEpsilon = innerEpsilon
        }
    }

    /// s += g^2; w -= rate * g / (sqrt(s) + epsilon)
    public func updateByAdagrad(
        _ gradients: FlatBuffer, squares: FlatBuffer, rate: Float, epsilon: Float, in range: Range<Int>
    ) {
        check(range, with: gradients, squares)
        let start = range.lowerBound
        nnd_adagrad(base + start, gradients.base + start, squares.base + start, rate, epsilon, range.count)
    }

    /// s = decay s + rest g^2; w -= rate * g / (sqrt(s + innerEpsilon) + epsilon)
    public func updateByRMSprop(
        _ gradients: FlatBuffer, squares: FlatBuffer, _ c: DecayConstants, in range: Range<Int>
    ) {
        check(range, with: gradients, squares)
        let start = range.lowerBound
        nnd_rmsprop(base + start, gradients.base + start, squares.base + start, c.inC, range.count)
    }

    /// s = decay s + rest g^2; v = momentum * v + g / (sqrt(s + innerEpsilon) + epsilon); w -= rate * v
    public func updateByRMSprop(
        _ gradients: FlatBuffer, squares: FlatBuffer, velocity: FlatBuffer, momentum: Float,
        _ c: DecayConstants, in range: Range<Int>
    ) {
        check(range, with: gradients, squares, velocity)
        let start = range.lowerBound
        nnd_rmsprop_momentum(
            base + start, gradients.base + start, squares.base + start, velocity.base + start, c.inC,
            momentum, range.count)
    }

    /// s = decay s + rest g^2; d = sqrt(u + epsilon) / sqrt(s + epsilon) * g; u = decay u + rest d^2;
    /// w -= rate * d
    public func updateByAdadelta(
        _ gradients: FlatBuffer, squares: FlatBuffer, updates: FlatBuffer, _ c: DecayConstants,
        in range: Range<Int>
    ) {
        check(range, with: gradients, squares, updates)
        let start = range.lowerBound
        nnd_adadelta(
            base + start, gradients.base + start, squares.base + start, updates.base + start, c.inC,
            range.count)
    }
}

extension FlatBuffer.DecayConstants {
    fileprivate var inC: nnd_decay_constants {
        nnd_decay_constants(
            rate: rate, decay: decay, rest: rest, epsilon: epsilon, inner_epsilon: innerEpsilon)
    }
}
