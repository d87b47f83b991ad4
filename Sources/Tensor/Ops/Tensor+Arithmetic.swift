// Elementwise arithmetic. Shapes broadcast as in NumPy: sizes are compared from the last axis, 1 stretches.
extension Tensor {
    /// The sum.
    public static func + (a: Tensor, b: Tensor) -> Tensor {
        elementwise("+", a, b) { $0 + $1 }.recorded("+", [a, b]) { pass in
            pass.send(to: 0) { pass.upstream.summed(to: a.shape) }
            pass.send(to: 1) { pass.upstream.summed(to: b.shape) }
        }
    }

    /// The difference.
    public static func - (a: Tensor, b: Tensor) -> Tensor {
        elementwise("-", a, b) { $0 - $1 }.recorded("-", [a, b]) { pass in
            pass.send(to: 0) { pass.upstream.summed(to: a.shape) }
            pass.send(to: 1) { (-pass.upstream).summed(to: b.shape) }
        }
    }

    /// The product, element by element.
    public static func * (a: Tensor, b: Tensor) -> Tensor {
        elementwise("*", a, b) { $0 * $1 }.recorded("*", [a, b]) { pass in
            pass.send(to: 0) { (pass.upstream * pass.use(b)).summed(to: a.shape) }
            pass.send(to: 1) { (pass.upstream * pass.use(a)).summed(to: b.shape) }
        }
    }

    /// The quotient, element by element.
    public static func / (a: Tensor, b: Tensor) -> Tensor {
        elementwise("/", a, b) { $0 / $1 }.recorded("/", [a, b]) { pass in
            let (a, b) = (pass.use(a), pass.use(b))
            pass.send(to: 0) { (pass.upstream / b).summed(to: a.shape) }
            pass.send(to: 1) { (-(pass.upstream * a) / (b * b)).summed(to: b.shape) }
        }
    }

    /// The negative.
    public static prefix func - (a: Tensor) -> Tensor {
        elementwise(a) { -$0 }.recorded("unary -", [a]) { pass in
            pass.send(to: 0) { -pass.upstream }
        }
    }

    /// The same with a scalar on either side.
    public static func + (a: Tensor, b: Float) -> Tensor { a + Tensor(b) }
    public static func - (a: Tensor, b: Float) -> Tensor { a - Tensor(b) }
    public static func * (a: Tensor, b: Float) -> Tensor { a * Tensor(b) }
    public static func / (a: Tensor, b: Float) -> Tensor { a / Tensor(b) }
    public static func + (a: Float, b: Tensor) -> Tensor { Tensor(a) + b }
    public static func - (a: Float, b: Tensor) -> Tensor { Tensor(a) - b }
    public static func * (a: Float, b: Tensor) -> Tensor { Tensor(a) * b }
    public static func / (a: Float, b: Tensor) -> Tensor { Tensor(a) / b }
}
