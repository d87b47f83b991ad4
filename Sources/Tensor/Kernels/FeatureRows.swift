import CKernels

// The loops that make Float32 features of a sample as it is stored. Each writes `row` to `output` from `offset` on and
// has the same bits as IEEE 754's operations one by one.

/// x
package func copyRow(_ row: Span<UInt8>, to output: inout MutableSpan<Float>, at offset: Int) {
    withRow(row, output: &output, offset) { nnd_bytes($1, $0, $2) }
}

/// x / divisor
package func divideRow(
    _ row: Span<UInt8>, by divisor: ByteDivisor, to output: inout MutableSpan<Float>, at offset: Int
) {
    withRow(row, output: &output, offset) { x, out, count in
        if let factors = divisor.factors {
            nnd_bytes_scaled(out, x, factors.high, factors.low, count)
        } else {
            nnd_bytes_divided(out, x, divisor.value, count)
        }
    }
}

/// (x - mean) / divisor of each feature.
package func standardizeRow(
    _ row: Span<UInt8>, means: [Float], divisors: [Float], to output: inout MutableSpan<Float>, at offset: Int
) {
    require(means.count == row.count && divisors.count == row.count)
    withRow(row, output: &output, offset) { nnd_bytes_standardized($1, $0, means, divisors, $2) }
}

/// x
package func copyRow(_ row: Span<Float>, to output: inout MutableSpan<Float>, at offset: Int) {
    withRow(row, output: &output, offset) { $1.update(from: $0, count: $2) }
}

/// x / divisor
package func divideRow(
    _ row: Span<Float>, by divisor: Float, to output: inout MutableSpan<Float>, at offset: Int
) {
    withRow(row, output: &output, offset) { nnd_floats_divided($1, $0, divisor, $2) }
}

/// (x - mean) / divisor of each feature.
package func standardizeRow(
    _ row: Span<Float>, means: [Float], divisors: [Float], to output: inout MutableSpan<Float>, at offset: Int
) {
    require(means.count == row.count && divisors.count == row.count)
    withRow(row, output: &output, offset) { nnd_floats_standardized($1, $0, means, divisors, $2) }
}

/// Has the processor fetch a row that will be read next; changes nothing.
package func prefetch<Element>(_ row: Span<Element>) {
    row.withUnsafeBufferPointer { nnd_prefetch($0.baseAddress, $0.count * MemoryLayout<Element>.stride) }
}

@inline(__always)
private func withRow<Element>(
    _ row: Span<Element>, output: inout MutableSpan<Float>, _ offset: Int,
    _ body: (UnsafePointer<Element>, UnsafeMutablePointer<Float>, Int) -> Void
) {
    require(
        offset >= 0 && row.count <= output.count && offset <= output.count - row.count,
        "a row of \(row.count) at \(offset) does not fit into \(output.count) numbers")
    row.withUnsafeBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            guard let x = source.baseAddress, let out = target.baseAddress else { return }
            body(x, out + offset, source.count)
        }
    }
}

/// A number that bytes are divided by.
///
/// A division takes a vector unit several times as long as two products. For most divisors d, and for 255, x * high +
/// x * low has the bits of x / d for each of the 256 bytes x: `high` is 1 / d in 16 bits, so that the first product is
/// exact, and `low` is the rest.
package struct ByteDivisor: Sendable, Equatable {
    /// The divisor itself.
    package let value: Float
    /// What stands for it; nil where some byte would come out in other bits.
    let factors: Factors?

    struct Factors: Sendable, Equatable {
        let high: Float
        let low: Float
    }

    /// - Parameter value: Finite and not 0.
    package init(_ value: Float) {
        self.value = value
        let reciprocal = 1 / Double(value)
        let high = Float(bitPattern: Float(reciprocal).bitPattern & ~0xFF)
        let low = Float(reciprocal - Double(high))
        let isExact = (0...255).allSatisfy { byte in
            let x = Float(byte)
            return (x * high + x * low).bitPattern == (x / value).bitPattern
        }
        factors = isExact ? Factors(high: high, low: low) : nil
    }

    /// Whether products stand for the division.
    package var isMultiplied: Bool { factors != nil }
}
