/// e^x for sixteen numbers: Cephes' expf (S. Moshier) in vector form, within 2 units in the last place.
///
/// Our own, because the C library's differs in its last bits from one version to the next, and is scalar.
@inline(__always)
func exponential(_ x: SIMD16<Float>) -> SIMD16<Float> {
    // Beyond these the result is infinite or zero in Float32 anyway; within them 2^n below stays
    // representable. By comparisons, because `clamped` is a call for each bound.
    let clamped = x.replacing(with: -104, where: x .< -104).replacing(with: 89, where: x .> 89)
    // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits of the sum.
    let magic = SIMD16<Float>(repeating: 12_582_912)
    let rounded = clamped * 1.442_695_04 + magic
    let n = rounded - magic
    let r = (clamped - n * 0.693_359_375) - n * -2.121_944_4e-4
    var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
    p = p * r + 8.333_452e-3
    p = p * r + 4.166_579_6e-2
    p = p * r + 0.166_666_65
    p = p * r + 0.5
    let y = p * (r * r) + r + 1
    // 2^n in two factors, so that n may reach past the exponents of normal numbers.
    let whole = unsafeBitCast(rounded, to: SIMD16<Int32>.self) &- unsafeBitCast(magic, to: SIMD16<Int32>.self)
    let half = whole &>> 1
    let result = y * power(half) * power(whole &- half)
    return result.replacing(with: x, where: x .!= x)
}

/// 2^n for -126 <= n <= 127.
@inline(__always)
private func power(_ n: SIMD16<Int32>) -> SIMD16<Float> {
    unsafeBitCast((n &+ 127) &<< 23, to: SIMD16<Float>.self)
}

/// tanh x for sixteen numbers: Cephes' tanhf, a polynomial near zero and 1 - 2 / (e^2x + 1) elsewhere.
@inline(__always)
func hyperbolicTangent(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let magnitude = x.replacing(with: -x, where: x .< 0)
    let far = 1 - 2 / (exponential(magnitude + magnitude) + 1)
    let s = x * x
    var p = s * -5.704_988_7e-3 + 2.063_908_9e-2
    p = p * s - 5.373_971_2e-2
    p = p * s + 0.133_314_42
    p = p * s - 0.333_332_8
    let near = p * s * x + x
    let signed = far.replacing(with: -far, where: x .< 0)
    return signed.replacing(with: near, where: magnitude .< 0.625).replacing(with: x, where: x .!= x)
}

/// 1 / (1 + e^-x) for sixteen numbers.
@inline(__always)
func logistic(_ x: SIMD16<Float>) -> SIMD16<Float> {
    1 / (1 + exponential(-x))
}

/// y[i] = f(x[i]) for `count` numbers, sixteen at a time; a last part of sixteen is filled up with zeros.
@inline(__always)
func mapVectors(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
    _ f: (SIMD16<Float>) -> SIMD16<Float>
) {
    var i = 0
    while i + 16 <= count {
        let v = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD16<Float>.self)
        UnsafeMutableRawPointer(y + i).storeBytes(of: f(v), as: SIMD16<Float>.self)
        i += 16
    }
    if i < count {
        var v = SIMD16<Float>(repeating: 0)
        for lane in 0..<(count - i) { v[lane] = x[i + lane] }
        let w = f(v)
        for lane in 0..<(count - i) { y[i + lane] = w[lane] }
    }
}
