import Crypto
package import Foundation

#if _endian(big)
    #error("Chunks are little-endian and copied as they lie in memory; this machine would have to swap.")
#endif

/// The cutting of flat buffers into the pieces that are stored and checked one by one.
///
/// A chunk is little-endian f32. Values are copied as bytes: a NaN keeps its payload and zero its sign.
package enum Chunks {
    /// Values in a chunk, 1 MiB; the last one of a buffer holds what is left.
    package static let valuesPerChunk = 1 << 18

    static func ranges(count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: valuesPerChunk).map { $0..<min($0 + valuesPerChunk, count) }
    }

    package static func encode(_ values: ArraySlice<Float>) -> Data {
        unsafe values.withUnsafeBytes { unsafe Data($0) }
    }

    /// SHA-256 of the chunk, without a copy of it.
    static func sha256(_ values: ArraySlice<Float>) -> Data {
        var hash = SHA256()
        unsafe values.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return Data(hash.finalize())
    }

    /// Runs `body` with the chunk as a view of the values' own memory, which the view keeps.
    static func withEncoded<Result>(
        _ values: ArraySlice<Float>, _ body: (Data) throws -> Result
    ) rethrows -> Result {
        try unsafe values.withUnsafeBytes { bytes in
            guard let start = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress) else {
                return try body(Data())
            }
            // A database error may carry the argument away, so the view has to outlive the body safely.
            let owner = unsafe Data.Deallocator.custom { _, _ in withExtendedLifetime(values) {} }
            return try body(unsafe Data(bytesNoCopy: start, count: bytes.count, deallocator: owner))
        }
    }

    /// A chunk's values; bytes after the last whole value are left out.
    static func decode(_ data: Data) -> [Float] {
        let count = data.count / MemoryLayout<Float>.size
        // All empty arrays are one object, and the initializer below writes a count into it: a data race, if one of a zero.
        guard count > 0 else { return [] }
        return unsafe [Float](unsafeUninitializedCapacity: count) { values, initializedCount in
            // Copied, not rebound: a `Data` promises no alignment.
            _ = unsafe data.copyBytes(to: values)
            initializedCount = count
        }
    }
}
