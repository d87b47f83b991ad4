/// Sixteen neighbouring numbers, or the `count` of them that there are and zeros.
@inline(__always)
func loadLanes(_ x: UnsafePointer<Float>, count: Int) -> SIMD16<Float> {
    if count >= 16 { return UnsafeRawPointer(x).loadUnaligned(as: SIMD16<Float>.self) }
    var v = SIMD16<Float>(repeating: 0)
    for lane in 0..<count { v[lane] = x[lane] }
    return v
}

/// Writes sixteen neighbouring numbers, or the first `count` where there are fewer.
@inline(__always)
func storeLanes(_ v: SIMD16<Float>, to x: UnsafeMutablePointer<Float>, count: Int) {
    if count >= 16 { return UnsafeMutableRawPointer(x).storeBytes(of: v, as: SIMD16<Float>.self) }
    for lane in 0..<count { x[lane] = v[lane] }
}
