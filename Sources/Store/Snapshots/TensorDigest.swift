import Crypto
import Foundation
package import Parallel

/// A hash of one tensor in one of a snapshot's buffers.
package struct TensorDigest: Sendable, Equatable {
    /// `parameters`, `adam.m`, …
    package let buffer: String
    package let tensor: String
    /// SHA-256 of the values' bytes.
    let sha256: Data
}

extension TrainingSnapshot {
    /// Every tensor of every buffer in order: two snapshots with equal ones are equal bit for bit.
    package var tensorDigests: [TensorDigest] {
        buffers.flatMap { buffer in
            var offset = 0
            return layout.map { tensor in
                let end = min(offset + tensor.shape.reduce(1, *), buffer.values.count)
                defer { offset = end }
                let hash = unsafe buffer.values[offset..<end].withUnsafeBytes { unsafe SHA256.hash(data: $0) }
                return TensorDigest(buffer: buffer.name, tensor: tensor.name, sha256: Data(hash))
            }
        }
    }
}
