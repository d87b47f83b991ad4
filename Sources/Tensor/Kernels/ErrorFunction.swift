/// erf x = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x, for sixteen numbers, within 2 units in
/// the last place.
///
/// A polynomial in x^2 near zero and 1 - exp of a polynomial elsewhere. Both are minimax fits of our own:
/// `Tests/Fixtures/error_function_coefficients.py` makes them.
@inline(__always)
func errorFunction(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let s = x * x
    var p = s * -5.919_561_4e-4 + 4.979_165_3e-3
    p = p * s - 2.675_706_7e-2
    p = p * s + 0.112_815_54
    p = p * s - 0.376_124_68
    p = p * s + 0.128_379_15
    let near = p * x + x

    let magnitude = x.replacing(with: -x, where: x .< 0)
    // From 3.92 on the result is 1 in Float32.
    let t = magnitude.replacing(with: 4, where: magnitude .> 4)
    var q = t * -1.189_057_4e-5 + 3.294_228_2e-4
    q = q * t - 3.669_461_2e-3
    q = q * t + 2.381_937_8e-2
    q = q * t - 0.106_303_68
    q = q * t - 0.635_110_74
    q = q * t - 1.128_658_5
    let far = 1 - exponential(q * t)
    let signed = far.replacing(with: -far, where: x .< 0)
    return signed.replacing(with: near, where: magnitude .< 0.9375).replacing(with: x, where: x .!= x)
}
