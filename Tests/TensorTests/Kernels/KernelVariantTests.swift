import CKernelVariants
import CKernels
import Testing

/// Numbers of all sizes and both signs, some of them special.
private func numbers(_ count: Int, phase: Int = 0, special: Bool = false) -> [Float] {
    let specials: [Float] = [
        .infinity, -.infinity, .nan, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 88.8, -103.9, 1e-30,
    ]
    return (0..<count).map { i in
        let place = i + phase
        if special && place % 3 == 0 { return specials[(place / 3) % specials.count] }
        // Digits of the golden ratio spread evenly over -9 ..< 9.
        let part = Double(place * 7 + 3) * 0.618_033_988_749_895
        return Float((part - part.rounded(.down)) * 18 - 9)
    }
}

private typealias Variant = UnsafePointer<nnd_variant>

/// Calls `body` with room for `count` numbers that begins somewhere in memory; what is written outside is found.
private func written(
    _ count: Int, at start: Int = 5, _ body: (UnsafeMutablePointer<Float>) -> Void
) -> [Float] {
    var memory = [Float](repeating: 123, count: start + count + 20)
    memory.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { body(base + start) }
    }
    #expect(memory[..<start].allSatisfy { $0 == 123 } && memory[(start + count)...].allSatisfy { $0 == 123 })
    return Array(memory[start..<(start + count)])
}

/// One bit pattern for all NaNs: whose payload a sum of two of them has is not said anywhere.
private func bits(_ values: [Float]) -> [UInt32] { values.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern } }
private func bits(_ values: [Double]) -> [UInt64] { values.map { $0.isNaN ? 0x7FF8 << 48 : $0.bitPattern } }

private typealias Map =
    @Sendable (Variant, UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int) -> Void
private typealias Slope =
    @Sendable (Variant, UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Void

private let maps: [(String, Map)] = [
    ("exp", { $0.pointee.exp($1, $2, $3) }), ("tanh", { $0.pointee.tanh($1, $2, $3) }),
    ("sigmoid", { $0.pointee.sigmoid($1, $2, $3) }), ("log", { $0.pointee.log($1, $2, $3) }),
    ("log1p", { $0.pointee.log1p($1, $2, $3) }), ("erf", { $0.pointee.erf($1, $2, $3) }),
    ("gelu", { $0.pointee.gelu($1, $2, $3) }), ("gelu_tanh", { $0.pointee.gelu_tanh($1, $2, $3) }),
    ("silu", { $0.pointee.silu($1, $2, $3) }), ("softplus", { $0.pointee.softplus($1, $2, $3) }),
    ("elu", { $0.pointee.elu($1, $2, 0.7, $3) }),
]

private let slopes: [(String, Slope)] = [
    ("tanh", { $0.pointee.tanh_gradient($1, $2, $3, $4) }),
    ("sigmoid", { $0.pointee.sigmoid_gradient($1, $2, $3, $4) }),
    ("gelu", { $0.pointee.gelu_gradient($1, $2, $3, $4) }),
    ("gelu_tanh", { $0.pointee.gelu_tanh_gradient($1, $2, $3, $4) }),
    ("silu", { $0.pointee.silu_gradient($1, $2, $3, $4) }),
    ("softplus", { $0.pointee.softplus_gradient($1, $2, $3, $4) }),
    ("elu", { $0.pointee.elu_gradient($1, $2, $3, 0.7, $4) }),
]

@Suite("Kernels compiled for one instruction set after the other")
struct KernelVariantTests {
    private let baseline: Variant
    /// Those that this CPU has besides.
    private let others: [(level: Int32, kernels: Variant)]

    init() throws {
        baseline = try #require(nnd_variant(0))
        others = [3, 4].compactMap { level in nnd_variant(level).map { (level, $0) } }
    }

    /// Whether `body` comes to the same with every variant.
    private func compare<Result: Equatable>(_ name: String, _ body: (Variant) -> Result) {
        let expected = body(baseline)
        for other in others { #expect(body(other.kernels) == expected, "\(name) on v\(other.level)") }
    }

    @Test("elementwise functions: the same bits for any length, start and number", arguments: 0...70)
    func elementwise(_ count: Int) {
        let (x, up) = (numbers(count, phase: count, special: true), numbers(count, phase: 5))
        for (name, map) in maps {
            compare(name) { variant in
                bits(written(count, at: count % 17) { map(variant, $0, x, count) })
            }
            // Alone, each number gives what it gives among others.
            let whole = bits(written(count) { map(baseline, $0, x, count) })
            let single = x.map { number in bits(written(1) { map(baseline, $0, [number], 1) })[0] }
            #expect(whole == single, "\(name)")
            // In place.
            let inPlace = written(count) { y in
                for i in 0..<count { y[i] = x[i] }
                map(baseline, y, y, count)
            }
            #expect(bits(inPlace) == whole, "\(name)")
        }
        for (name, slope) in slopes {
            compare("gradient of \(name)") { variant in
                bits(written(count, at: count % 17) { slope(variant, $0, up, x, count) })
            }
        }
    }

    @Test("sums: the same bits, and those of the exact sum to 1e-12", arguments: 0...70)
    func sums(_ count: Int) {
        let x = numbers(count, phase: 3)
        compare("sum") { bits([$0.pointee.sum(x, count)]) }
        compare("squared distances") { bits([$0.pointee.sum_of_squared_distances(x, 0.25, count)]) }
        let exact = x.reduce(0.0) { $0 + Double($1) }
        let squares = x.reduce(0.0) { $0 + (Double($1) - 0.25) * (Double($1) - 0.25) }
        #expect(abs(baseline.pointee.sum(x, count) - exact) <= 1e-12 * 700)
        #expect(abs(baseline.pointee.sum_of_squared_distances(x, 0.25, count) - squares) <= 1e-12 * 7000)
    }

    @Test("sums of rows, by index, and largest places, for any width", arguments: 1...70)
    func rows(_ columns: Int) {
        for rows in [0, 1, 2, 9] {
            let x = numbers(rows * columns, phase: columns)
            let means = written(columns) { baseline.pointee.mean_of_rows($0, x, rows, columns) }
            for j in 0..<columns {
                let exact = (0..<rows).reduce(0.0) { $0 + Double(x[$1 * columns + j]) }
                let total = written(columns) { baseline.pointee.sum_rows($0, x, rows, columns, 0) }
                #expect(total[j] == Float(exact))
                #expect(rows == 0 ? means[j].isNaN : means[j] == Float(exact / Double(rows)))
            }
            compare("sum of rows") { variant in
                bits(
                    written(columns) { out in
                        for j in 0..<columns { out[j] = 1 }
                        variant.pointee.sum_rows(out, x, rows, columns, 1)
                    })
            }
            let (starts, sources) = ([0, 0, rows, rows + min(rows, 1)], (0..<rows).map { Int32($0) } + [0])
            compare("sum by index") { variant in
                bits(
                    written(3 * columns) {
                        variant.pointee.sum_by_index($0, x, starts, sources, 3, columns, 0)
                    })
            }
            let byIndex = written(3 * columns) {
                baseline.pointee.sum_by_index($0, x, starts, sources, 3, columns, 0)
            }
            let sum = written(columns) { baseline.pointee.sum_rows($0, x, rows, columns, 0) }
            #expect(
                byIndex == [Float](repeating: 0, count: columns) + sum + x.prefix(rows == 0 ? 0 : columns)
                    + [Float](repeating: 0, count: rows == 0 ? columns : 0))
            let labels = (0..<rows).map { row in
                let values = x[(row * columns)..<((row + 1) * columns)]
                let best = values.indices.max { values[$0] < values[$1] } ?? 0
                return row % 2 == 0 ? Int32(best - row * columns) : Int32(columns - 1 - best + row * columns)
            }
            compare("largest") { $0.pointee.rows_with_largest_at(x, labels, rows, columns) }
        }
    }

    @Test("softmax and its losses, for any width", arguments: 1...70)
    func softmax(_ columns: Int) {
        for rows in [1, 2, 3, 7] {
            let count = rows * columns
            for special in [false, true] {
                let z = numbers(count, phase: columns, special: special)
                compare("softmax") { variant in
                    bits(written(count) { variant.pointee.softmax($0, z, rows, columns) })
                }
                compare("exponentials") { variant in
                    var (largest, totals) = (
                        [Float](repeating: 0, count: rows), [Double](repeating: 0, count: rows)
                    )
                    let p = written(count) {
                        variant.pointee.exponentials($0, z, &largest, &totals, rows, columns)
                    }
                    return [bits(p).map(UInt64.init), bits(largest).map(UInt64.init), bits(totals)]
                }
            }
            let (z, up) = (numbers(count, phase: columns), numbers(count, phase: 11))
            let labels = (0..<rows).map { Int32(($0 * 5) % columns) }
            let targets = up.map { max($0, 0) / 9 }
            let p = written(count) { baseline.pointee.softmax($0, z, rows, columns) }
            compare("gradient") { variant in
                bits(written(count) { variant.pointee.softmax_gradient($0, up, p, rows, columns) })
            }
            compare("cross-entropy") { variant in
                var loss = 0.0
                let p = written(count) {
                    loss = variant.pointee.softmax_cross_entropy($0, z, labels, rows, columns)
                }
                let gradient = written(count) {
                    variant.pointee.softmax_cross_entropy_gradient($0, p, labels, 0.3, rows, columns)
                }
                return [bits(p).map(UInt64.init), bits(gradient).map(UInt64.init), bits([loss])]
            }
            compare("soft cross-entropy") { variant in
                var (loss, masses) = (0.0, [Float](repeating: 0, count: rows))
                let p = written(count) {
                    loss = variant.pointee.soft_cross_entropy($0, &masses, z, targets, rows, columns)
                }
                let gradient = written(count) {
                    variant.pointee.soft_cross_entropy_gradient($0, p, masses, targets, 0.3, rows, columns)
                }
                return [bits(p).map(UInt64.init), bits(gradient).map(UInt64.init), bits([loss])]
            }
        }
    }

    @Test("steps of recurrent cells, for any number of units", arguments: 1...40)
    func gates(_ units: Int) {
        let rows = 3
        let count = rows * units
        let (a, b) = (numbers(4 * count, phase: 1), numbers(4 * count, phase: 8, special: units % 2 == 0))
        let (cell, up) = (numbers(count, phase: 2), numbers(count, phase: 4))
        compare("lstm") { variant in
            var results: [[UInt32]] = []
            let gates = written(4 * count) { gates in
                results.append(
                    bits(
                        written(2 * count) {
                            variant.pointee.lstm(a, b, cell, gates, $0, $0 + count, rows, units)
                        }))
            }
            results.append(bits(gates))
            results.append(
                bits(
                    written(5 * count) {
                        variant.pointee.lstm_gradient(gates, cell, up, a, b, $0, $0 + 4 * count, rows, units)
                    }))
            return results
        }
        compare("gru") { variant in
            var results: [[UInt32]] = []
            let gates = written(3 * count) { gates in
                results.append(
                    bits(written(count) { variant.pointee.gru(a, b, cell, gates, $0, rows, units) }))
            }
            results.append(bits(gates))
            results.append(
                bits(
                    written(7 * count) {
                        variant.pointee.gru_gradient(
                            gates, b, cell, up, $0, $0 + 3 * count, $0 + 6 * count, rows, units)
                    }))
            return results
        }
    }

    @Test(
        "normalisation, for any number of groups and of values in them",
        arguments: [1, 2, 7, 8, 9, 16, 17, 31, 49])
    func norms(_ inner: Int) {
        for groups in [1, 3, 8, 13] {
            let sizes = nnd_groups(outer: 3, groups: groups, inner: inner)
            let count = 3 * groups * inner
            let (x, up) = (numbers(count, phase: inner), numbers(count, phase: 6))
            let scales = numbers(groups, phase: 9).map(Double.init)
            let zeros = [Double](repeating: 0, count: groups)
            compare("groups") { variant in
                var (sums, products) = (zeros, zeros)
                variant.pointee.group_sums(&sums, x, sizes)
                variant.pointee.group_products(&products, x, up, scales, sizes)
                let y = written(count) { variant.pointee.group_affine($0, x, sums, scales, products, sizes) }
                return [bits(sums), bits(products), bits(y).map(UInt64.init)]
            }
            compare("batch norm") { variant in
                var (means, variances, downScales, downShifts) = (zeros, zeros, zeros, zeros)
                let y = written(count) {
                    variant.pointee.batch_norm($0, &means, &variances, x, scales, means, 1e-5, sizes)
                }
                let down = written(count) {
                    variant.pointee.batch_norm_gradient(
                        $0, &downScales, &downShifts, up, x, means, variances, scales, 1e-5, sizes)
                }
                return [y, down].map { bits($0).map(UInt64.init) }
                    + [means, variances, downScales, downShifts].map { bits($0) }
            }
            let scale = numbers(inner, phase: 9)
            compare("row norm") { variant in
                let rows = 3 * groups
                var (means, inverses) = (
                    [Double](repeating: 0, count: rows), [Double](repeating: 0, count: rows)
                )
                let y = written(count) {
                    variant.pointee.row_norm($0, &means, &inverses, x, scale, scale, 1e-5, 1, rows, inner)
                }
                let down = written(count) {
                    variant.pointee.row_norm_gradient($0, up, x, scale, means, inverses, 1, rows, inner)
                }
                let downs = written(2 * inner) {
                    variant.pointee.row_norm_scale_gradient(
                        $0, $0 + inner, up, x, means, inverses, rows, inner)
                }
                return [y, down, downs].map { bits($0).map(UInt64.init) } + [bits(means), bits(inverses)]
            }
        }
    }

    @Test("masks for dropout, wherever they begin", arguments: 0...40)
    func masks(_ first: Int) {
        let place = nnd_philox_place(key0: 12, key1: 34, stream: 5, purpose: 6)
        compare("mask") { variant in
            bits(written(100) { variant.pointee.dropout_mask($0, place, 1 << 30, 2, UInt64(first), 100) })
        }
    }
}
