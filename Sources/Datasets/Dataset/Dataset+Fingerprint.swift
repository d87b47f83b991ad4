import Crypto

extension Dataset {
    /// SHA-256, in hexadecimal, of what this view shows: its count, shapes, features and targets, not its
    /// scaling.
    ///
    /// Two views have the same fingerprint when training on them cannot tell them apart, whether their rows
    /// lie in a file of their own or are a part of a larger one. Reads every sample, so keep the result.
    public var fingerprint: String {
        var hash = SHA256()
        hash.update(sizes: [count] + featureShape)
        switch features {
        case .bytes(let values):
            hash.update(tag: "u8")
            update(&hash, with: values, rowSize: featureCount)
        case .floats(let values):
            hash.update(tag: "f32")
            update(&hash, with: values, rowSize: featureCount)
        }
        switch targets {
        case .classes(let labels, let classCount):
            hash.update(tag: "classes")
            hash.update(sizes: [classCount])
            update(&hash, with: labels, rowSize: 1)
        case .sequences(let labels, let length, let classCount):
            hash.update(tag: "sequences")
            hash.update(sizes: [length, classCount])
            update(&hash, with: labels, rowSize: length)
        case .values(let values, let shape):
            hash.update(tag: "values")
            hash.update(sizes: shape)
            update(&hash, with: values, rowSize: shape.reduce(1, *))
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// Hashes the rows of this view: in one piece when it shows all of the storage, else row by row.
    private func update<Element: BitwiseCopyable>(
        _ hash: inout SHA256, with values: [Element], rowSize: Int
    ) {
        unsafe values.withUnsafeBytes { bytes in
            guard let rows else { return unsafe hash.update(bufferPointer: bytes) }
            let size = rowSize * MemoryLayout<Element>.stride
            for row in rows {
                let start = Int(row) * size
                unsafe hash.update(
                    bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[start..<start + size]))
            }
        }
    }
}

extension SHA256 {
    /// Hashes a word that tells apart two meanings of the same bytes.
    fileprivate mutating func update(tag: String) {
        update(data: Array(tag.utf8) + [0])
    }

    /// Hashes how many sizes there are and then each of them, as 64-bit little-endian numbers.
    fileprivate mutating func update(sizes: [Int]) {
        for size in [sizes.count] + sizes {
            unsafe withUnsafeBytes(of: UInt64(size).littleEndian) { unsafe update(bufferPointer: $0) }
        }
    }
}
