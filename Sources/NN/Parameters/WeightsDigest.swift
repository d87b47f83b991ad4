import Crypto
import Tensor

extension ParameterLayout {
    /// The SHA-256 of the parameters' values, as 64 hexadecimal digits: equal digests mean equal weights, bit
    /// for bit.
    ///
    /// Hashed in layout order, for each parameter: its name (UTF-8), a zero byte, its rank (u32
    /// little-endian), each dimension (u64 little-endian), its values (f32 little-endian).
    /// Running averages are left out.
    /// - Precondition: `values` has this layout.
    public func digest(of values: [Float]) -> String {
        require(values.count == count, "\(values.count) values for a layout of \(count)")
        var hash = SHA256()
        for entry in entries {
            hash.update(data: Array(entry.parameter.name.utf8) + [0])
            hash.update(littleEndian: UInt32(entry.parameter.shape.count))
            for size in entry.parameter.shape { hash.update(littleEndian: UInt64(size)) }
            unsafe values[entry.range].withUnsafeBytes { bytes in unsafe hash.update(bufferPointer: bytes) }
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension SHA256 {
    fileprivate mutating func update(littleEndian value: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: value.littleEndian) { bytes in unsafe update(bufferPointer: bytes) }
    }
}
