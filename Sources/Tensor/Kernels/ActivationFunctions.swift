// Activations for sixteen numbers. Each is right at infinities, where the formula as written would make
// infinity times zero of it.

/// e^x - 1 with its digits also near zero: there by the polynomial of `exponential`.
@inline(__always)
func exponentialMinusOne(_ x: SIMD16<Float>) -> SIMD16<Float> {
    var p = x * 1.987_569_15e-4 + 1.398_199_95e-3
    p = p * x + 8.333_452e-3
    p = p * x + 4.166_579_6e-2
    p = p * x + 0.166_666_65
    p = p * x + 0.5
    let near = p * (x * x) + x
    let isNear = (x .> -0.34) .& (x .< 0.34)
    return (exponential(x) - 1).replacing(with: near, where: isNear)
}

/// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which does not overflow.
@inline(__always)
func softPlus(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let magnitude = x.replacing(with: -x, where: x .< 0)
    return x.replacing(with: 0, where: x .< 0) + logarithmOfOnePlus(exponential(-magnitude))
}

/// x / (1 + e^-x)
@inline(__always)
func sigmoidLinearUnit(_ x: SIMD16<Float>) -> SIMD16<Float> {
    x.replacing(with: -200, where: x .< -200) * logistic(x)
}

/// x times the normal distribution function at x.
@inline(__always)
func gaussianErrorLinearUnit(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let bounded = x.replacing(with: -200, where: x .< -200)
    return 0.5 * bounded * (1 + errorFunction(x * 0.707_106_77))
}

/// The approximation of the same by a hyperbolic tangent.
@inline(__always)
func gaussianErrorLinearUnitByTangent(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let bounded = x.replacing(with: -200, where: x .< -200)
    let inner = 0.797_884_56 * (bounded + 0.044_715 * (bounded * bounded * bounded))
    return 0.5 * bounded * (1 + hyperbolicTangent(inner))
}
