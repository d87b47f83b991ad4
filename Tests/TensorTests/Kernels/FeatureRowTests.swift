import Tensor
import Testing

/// The references are Swift's own operations on one number at a time.
@Suite("Features of a row as Float32 numbers")
struct FeatureRowTests {
    private let bytes: [UInt8] = (0...255).map { $0 }

    private func written<Element>(
        _ row: [Element], _ body: (Span<Element>, inout MutableSpan<Float>, Int) -> Void
    ) -> [Float] {
        // Two numbers in front and one behind must stay.
        var output = [Float](repeating: 7, count: row.count + 3)
        var span = output.mutableSpan
        body(row.span, &span, 2)
        #expect(output.prefix(2) == [7, 7] && output.last == 7)
        return Array(output[2..<(2 + row.count)])
    }

    @Test("bytes are divided to the bit, whether by products or by divisions")
    func divided() {
        var divisors: [Float] = [
            255, 256, 1, 3, 0.1, -255, -7, 127.5, 1e-38, 1e38, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude,
        ]
        divisors += (0..<2000).map { Float(bitPattern: 0x3000_0000 &+ UInt32($0) &* 0x0007_A3C5) }
        var multiplied = 0
        for divisor in divisors where divisor.isFinite && divisor != 0 {
            let prepared = ByteDivisor(divisor)
            if prepared.isMultiplied { multiplied += 1 }
            let result = written(bytes) { divideRow($0, by: prepared, to: &$1, at: $2) }
            let isEqual = zip(result, bytes).allSatisfy { $0.bitPattern == (Float($1) / divisor).bitPattern }
            #expect(isEqual, "\(divisor)")
        }
        #expect(ByteDivisor(255).isMultiplied)
        #expect(multiplied > 0 && multiplied < divisors.count)
    }

    @Test("rows of any length, without a scaling and standardized", arguments: [0, 1, 15, 16, 17, 100, 256])
    func lengths(count: Int) {
        let row = Array(bytes.reversed().prefix(count))
        let floats = row.map { Float($0) / 3 - 40 }
        let means = (0..<count).map { Float($0) * 0.37 }
        let divisors = (0..<count).map { $0 % 5 == 0 ? .infinity : Float($0) * 0.11 }
        #expect(written(row) { copyRow($0, to: &$1, at: $2) } == row.map { Float($0) })
        #expect(written(floats) { copyRow($0, to: &$1, at: $2) } == floats)
        #expect(written(floats) { divideRow($0, by: 3, to: &$1, at: $2) } == floats.map { $0 / 3 })
        #expect(
            written(row) { standardizeRow($0, means: means, divisors: divisors, to: &$1, at: $2) }
                == (0..<count).map { (Float(row[$0]) - means[$0]) / divisors[$0] })
        #expect(
            written(floats) { standardizeRow($0, means: means, divisors: divisors, to: &$1, at: $2) }
                == (0..<count).map { (floats[$0] - means[$0]) / divisors[$0] })
    }
}
