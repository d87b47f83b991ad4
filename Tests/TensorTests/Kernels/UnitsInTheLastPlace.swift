import Tensor

/// How far `value` is from `reference` in units in the last place of the Float32 nearest to the reference.
///
/// 0 when both are the same infinity or both NaN, infinite when only one is.
func unitsInTheLastPlace(_ value: Float, from reference: Double) -> Double {
    if value.isNaN || reference.isNaN { return value.isNaN && reference.isNaN ? 0 : .infinity }
    let nearest = Float(reference)
    if value.isInfinite || nearest.isInfinite { return value == nearest ? 0 : .infinity }
    return abs(Double(value) - reference) / Double(nearest.ulp)
}

/// Numbers of every exponent and both signs, denormal, infinite and NaN ones among them, and special ones.
let sweep: [Float] =
    stride(from: UInt32(0), to: .max - 4099, by: 4099).map { Float(bitPattern: $0) }
    + [
        0, -0.0, 1, -1, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan, -.nan,
        88.72283, 88.72284, -87.33654, -87.33655, -103.97207, -103.97208, 0.625, -0.625, 0.62499994, 9.01,
        -9.01,
    ]

/// Where the functions are neither 0, 1 nor infinite: finely from -110 to 110.
let fine: [Float] = (-220_000...220_000).map { Float($0) / 2000 }
