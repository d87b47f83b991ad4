/// A tensor seen as [outer, groups, inner]: a group is all values with one index in the middle, for example a channel of
/// images [batch, channels, pixels].
///
/// Every kernel takes eight neighbours at a time: eight groups where inner is 1, else eight values of one group. Sums are
/// in Double, in an order that depends on the three sizes alone.
struct ChannelGroups {
    let outer: Int
    let groups: Int
    let inner: Int

    /// How many values a group has.
    var length: Int { outer * inner }

    typealias Lanes = SIMD8<Double>

    /// For each group the sum of `term` over its values in x and y, given the group's number in `constant`.
    @inline(__always)
    func sums(
        _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ constant: [Double],
        _ term: (Lanes, Lanes, Lanes) -> Lanes
    ) -> [Double] {
        var sums = [Double](repeating: 0, count: groups)
        if inner == 1 {
            forEachEight(in: groups) { first, width in
                let constant = lanes(constant, first, width)
                var total = Lanes.zero
                for i in 0..<outer {
                    let at = i * groups + first
                    total += term(lanes(x + at, width), lanes(y + at, width), constant)
                }
                for lane in 0..<width { sums[first + lane] = total[lane] }
            }
            return sums
        }
        for group in 0..<groups {
            let constant = Lanes(repeating: constant[group])
            var total = Lanes.zero
            for i in 0..<outer {
                let start = (i * groups + group) * inner
                forEachEight(in: inner) { first, width in
                    let at = start + first
                    let values = term(lanes(x + at, width), lanes(y + at, width), constant)
                    total +=
                        width == 8
                        ? values : values.replacing(with: 0, where: Lanes.numbers .>= Double(width))
                }
            }
            for lane in 0..<8 { sums[group] += total[lane] }
        }
        return sums
    }

    /// out = `formula`(x, y, a, b, c, d), rounded once, given each group's numbers in a, b, c and d.
    @inline(__always)
    func map(
        _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ a: [Double], _ b: [Double], _ c: [Double],
        _ d: [Double], into out: UnsafeMutablePointer<Float>,
        _ formula: (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes) -> Lanes
    ) {
        if inner == 1 {
            forEachEight(in: groups) { first, width in
                let (a, b) = (lanes(a, first, width), lanes(b, first, width))
                let (c, d) = (lanes(c, first, width), lanes(d, first, width))
                for i in 0..<outer {
                    let at = i * groups + first
                    store(
                        formula(lanes(x + at, width), lanes(y + at, width), a, b, c, d), at: out + at, width)
                }
            }
            return
        }
        for group in 0..<groups {
            let (a, b) = (Lanes(repeating: a[group]), Lanes(repeating: b[group]))
            let (c, d) = (Lanes(repeating: c[group]), Lanes(repeating: d[group]))
            for i in 0..<outer {
                let start = (i * groups + group) * inner
                forEachEight(in: inner) { first, width in
                    let at = start + first
                    store(
                        formula(lanes(x + at, width), lanes(y + at, width), a, b, c, d), at: out + at, width)
                }
            }
        }
    }
}

@inline(__always)
private func forEachEight(in count: Int, _ body: (_ first: Int, _ width: Int) -> Void) {
    var first = 0
    while first + 8 <= count {
        body(first, 8)
        first += 8
    }
    if first < count { body(first, count - first) }
}

/// `width` neighbours; zeros in the lanes behind.
@inline(__always)
private func lanes(_ x: UnsafePointer<Float>, _ width: Int) -> SIMD8<Double> {
    var lanes = SIMD8<Float>.zero
    if width == 8 {
        lanes = UnsafeRawPointer(x).loadUnaligned(as: SIMD8<Float>.self)
    } else {
        withUnsafeMutablePointer(to: &lanes) {
            UnsafeMutableRawPointer($0).copyMemory(from: x, byteCount: 4 * width)
        }
    }
    return SIMD8<Double>(lanes)
}

@inline(__always)
private func lanes(_ x: [Double], _ first: Int, _ width: Int) -> SIMD8<Double> {
    var lanes = SIMD8<Double>.zero
    for lane in 0..<width { lanes[lane] = x[first + lane] }
    return lanes
}

@inline(__always)
private func store(_ lanes: SIMD8<Double>, at out: UnsafeMutablePointer<Float>, _ width: Int) {
    var rounded = SIMD8<Float>(lanes)
    if width == 8 {
        UnsafeMutableRawPointer(out).storeBytes(of: rounded, as: SIMD8<Float>.self)
    } else {
        withUnsafePointer(to: &rounded) {
            UnsafeMutableRawPointer(out).copyMemory(from: $0, byteCount: 4 * width)
        }
    }
}

extension SIMD8<Double> {
    fileprivate static let numbers = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7)
}
