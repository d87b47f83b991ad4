// Operations that choose among their operands' values. Shapes broadcast.
extension Tensor {
    /// a where `condition` is not 0, else b. What is not chosen gets the gradient 0, whatever its value is; no
    /// gradient flows to the condition.
    ///
    /// - Parameters:
    ///   - condition: As a comparison gives it. A NaN counts as true.
    ///   - a: Chosen where the condition holds.
    ///   - b: Chosen elsewhere.
    /// - Returns: a tensor of the shape that all three broadcast to.
    /// - Precondition: the shapes broadcast.
    public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
        guard let pair = a.shape.broadcast(with: b.shape),
            let shape = condition.shape.broadcast(with: pair)
        else {
            fatalError(
                "where: the shapes \(condition.shape), \(a.shape) and \(b.shape) do not broadcast")
        }
        let condition = condition.detached.expanded(to: shape)
        let (x, y) = (a.detached.expanded(to: shape), b.detached.expanded(to: shape))
        let memory = Tensor.memory(for: shape, like: a, b)
        let (c, p, q) = (condition.pointer, x.pointer, y.pointer)
        for i in 0..<shape.count { memory.base[i] = c[i] != 0 ? p[i] : q[i] }
        return Tensor(shape: shape, storage: memory).recorded("where", [a, b]) { pass in
            let zero = Tensor(0)
            pass.send(to: 0) { Tensor.where(condition, pass.upstream, zero).summed(to: a.shape) }
            pass.send(to: 1) { Tensor.where(condition, zero, pass.upstream).summed(to: b.shape) }
        }
    }

    /// The smaller of each two values; NaN where either is one. Where they are equal each gets half of the
    /// gradient, as in PyTorch and JAX.
    public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
        elementwise("minimum", a, b) { $0 < $1 || $0.isNaN ? $0 : $1 }.recorded("minimum", [a, b]) {
            pass in
            sendShares(pass, a, b, elementwise("minimum", a.detached, b.detached, share))
        }
    }

    /// The larger of each two values; NaN where either is one. Where they are equal each gets half of the
    /// gradient, as in PyTorch and JAX.
    public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
        elementwise("maximum", a, b) { $0 > $1 || $0.isNaN ? $0 : $1 }.recorded("maximum", [a, b]) {
            pass in
            sendShares(pass, a, b, elementwise("maximum", b.detached, a.detached, share))
        }
    }

    /// What the smaller one's operand gets of the gradient: 1 where a < b, 0 where a > b; NaN for a NaN.
    private static func share(_ a: Float, _ b: Float) -> Float {
        a < b ? 1 : a > b ? 0 : a == b ? 0.5 : .nan
    }

    private static func sendShares(_ pass: GradientPass, _ a: Tensor, _ b: Tensor, _ share: Tensor) {
        pass.send(to: 0) { (pass.upstream * share).summed(to: a.shape) }
        pass.send(to: 1) { (pass.upstream * (1 - share)).summed(to: b.shape) }
    }

    /// Each value, but not below `min` nor above `max`; a NaN stays one. The gradient is 1 from `min` to `max`,
    /// both included, and 0 outside.
    /// - Precondition: min <= max.
    public func clip(min: Float = -.infinity, max: Float = .infinity) -> Tensor {
        require(min <= max, "clip: there is nothing from \(min) to \(max)")
        return elementwise(self) { $0 < min ? min : $0 > max ? max : $0 }.recorded("clip", [self]) {
            pass in
            pass.send(to: 0) {
                pass.upstream * elementwise(self.detached) { $0 < min || $0 > max ? 0 : 1 }
            }
        }
    }

    /// The absolute value; the gradient at 0 is 0.
    public func abs() -> Tensor {
        elementwise(self) { $0.magnitude }.recorded("abs", [self]) { pass in
            pass.send(to: 0) {
                pass.upstream * elementwise(self.detached) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
            }
        }
    }
}
