import Crypto

extension Dataset {
    /// SHA-256 of what this view shows: its count, shapes, features and targets, not its scaling.
    ///
    /// Two views have the same fingerprint when training on them cannot tell them apart, whether their rows
    /// lie in a file of their own or are a part of a larger one. Reads every sample, so keep the result.
    ///
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    public func fingerprint() throws(DataError) -> String {
        var hash = SHA256()
        hash.update(sizes: [count] + featureShape)
        switch features {
        case .bytes(let values):
            hash.update(tag: "u8")
            try update(&hash, with: values, rowSize: featureCount)
        case .floats(let values):
            hash.update(tag: "f32")
            try update(&hash, with: values, rowSize: featureCount)
        }
        switch targets {
        case .classes(let labels, let classCount):
            hash.update(tag: "classes")
            hash.update(sizes: [classCount])
            try update(&hash, with: labels, rowSize: 1)
        case .sequences(let labels, let length, let classCount):
            hash.update(tag: "sequences")
            hash.update(sizes: [length, classCount])
            try update(&hash, with: labels, rowSize: length)
        case .values(let values, let shape):
            hash.update(tag: "values")
            hash.update(sizes: shape)
            try update(&hash, with: values, rowSize: shape.reduce(1, *))
        case .unknown: hash.update(tag: "unknown")
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// Hashes the rows of this view.
    private func update<Element>(
        _ hash: inout SHA256, with values: SampleStore<Element>, rowSize: Int
    ) throws(DataError) {
        try values.forEachRun(of: rows, size: rowSize) { run in
            unsafe run.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
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
