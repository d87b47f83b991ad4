// Logarithms for sixteen numbers: Cephes' logf (S. Moshier) in vector form. Our own, because the C library's
// differ in their last bits from one version to the next, and are scalar.

/// log x, within 2 units in the last place. 0 gives -infinity, a negative number NaN.
@inline(__always)
func logarithm(_ x: SIMD16<Float>) -> SIMD16<Float> {
    // A denormal number is made normal by 2^25.
    let isSmall = x .< .leastNormalMagnitude
    let (e, f) = split(x.replacing(with: x * 0x1p25, where: isSmall))
    let exponent = e.replacing(with: e - 25, where: isSmall)
    return withExceptions(logarithm(ofOnePlus: f, exponent: exponent, correction: .zero), at: x)
}

/// log(1 + x), within 2 units in the last place also where x is tiny. -1 gives -infinity, less gives NaN.
@inline(__always)
func logarithmOfOnePlus(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let u = 1 + x
    let (e, f) = split(u)
    // Without an exponent, x itself is what the polynomial wants; else the rounding of 1 + x, at most half a
    // unit, is put back by the derivative 1 / u (fdlibm, s_log1p.c).
    let isNear = e .== 0
    let lost = (x - (u - 1)).replacing(with: 1 - (u - x), where: x .> 1)
    let result = logarithm(
        ofOnePlus: f.replacing(with: x, where: isNear), exponent: e,
        correction: (lost / u).replacing(with: 0, where: isNear))
    return withExceptions(result, at: u).replacing(with: x, where: x .== 0)
}

/// n and f with x = 2^n (1 + f) and 1 + f from sqrt(1/2) to sqrt(2), for normal x.
@inline(__always)
private func split(_ x: SIMD16<Float>) -> (SIMD16<Float>, SIMD16<Float>) {
    let rootOfHalf: Int32 = 0x3f35_04f3
    let bits = unsafeBitCast(x, to: SIMD16<Int32>.self) &- rootOfHalf
    let mantissa = (bits & 0x007f_ffff) &+ rootOfHalf
    return (SIMD16<Float>(bits &>> 23), unsafeBitCast(mantissa, to: SIMD16<Float>.self) - 1)
}

/// log(1 + f) + n log 2 + c
@inline(__always)
private func logarithm(
    ofOnePlus f: SIMD16<Float>, exponent n: SIMD16<Float>, correction c: SIMD16<Float>
) -> SIMD16<Float> {
    let z = f * f
    var p = f * 7.037_683_6e-2 - 0.115_146_1
    p = p * f + 0.116_769_99
    p = p * f - 0.124_201_41
    p = p * f + 0.142_493_22
    p = p * f - 0.166_680_58
    p = p * f + 0.200_007_15
    p = p * f - 0.249_999_94
    p = p * f + 0.333_333_3
    let low = p * f * z + (n * -2.121_944_4e-4 + c)
    return (low - 0.5 * z + f) + n * 0.693_359_375
}

@inline(__always)
private func withExceptions(_ y: SIMD16<Float>, at x: SIMD16<Float>) -> SIMD16<Float> {
    y.replacing(with: -.infinity, where: x .== 0)
        .replacing(with: .nan, where: x .< 0)
        // Infinity, and a NaN as it is.
        .replacing(with: x, where: (x .== .infinity) .| (x .!= x))
}
