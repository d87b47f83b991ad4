// Comparisons, element by element: 1 where they hold, else 0. The result is a constant, through which no
// gradient flows. Shapes broadcast; any comparison with a NaN but `.!=` is 0.
extension Tensor {
    /// Whether a is below b.
    public static func .< (a: Tensor, b: Tensor) -> Tensor {
        elementwise(".<", a, b) { $0 < $1 ? 1 : 0 }
    }
    /// Whether a is at most b.
    public static func .<= (a: Tensor, b: Tensor) -> Tensor {
        elementwise(".<=", a, b) { $0 <= $1 ? 1 : 0 }
    }
    /// Whether a is above b.
    public static func .> (a: Tensor, b: Tensor) -> Tensor {
        elementwise(".>", a, b) { $0 > $1 ? 1 : 0 }
    }
    /// Whether a is at least b.
    public static func .>= (a: Tensor, b: Tensor) -> Tensor {
        elementwise(".>=", a, b) { $0 >= $1 ? 1 : 0 }
    }
    /// Whether a is equal to b.
    public static func .== (a: Tensor, b: Tensor) -> Tensor {
        elementwise(".==", a, b) { $0 == $1 ? 1 : 0 }
    }
    /// Whether a and b differ.
    public static func .!= (a: Tensor, b: Tensor) -> Tensor {
        elementwise(".!=", a, b) { $0 != $1 ? 1 : 0 }
    }

    /// The same with a scalar.
    public static func .< (a: Tensor, b: Float) -> Tensor { a .< Tensor(b) }
    public static func .<= (a: Tensor, b: Float) -> Tensor { a .<= Tensor(b) }
    public static func .> (a: Tensor, b: Float) -> Tensor { a .> Tensor(b) }
    public static func .>= (a: Tensor, b: Float) -> Tensor { a .>= Tensor(b) }
    public static func .== (a: Tensor, b: Float) -> Tensor { a .== Tensor(b) }
    public static func .!= (a: Tensor, b: Float) -> Tensor { a .!= Tensor(b) }
}
