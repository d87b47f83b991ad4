package import Foundation
import NumPy

/// A file as `numpy.savez` writes it: an array for each tensor.
package struct NPZWriter: PiecewiseFile {
    package let byteCount: Int
    private let tensors: [StoredTensor]
    private let values: [Float]
    private var archive = ZIPWriter()
    private var written = 0

    /// - Parameters:
    ///   - tensors: What is written.
    ///   - values: Those of the model, where the tensors have theirs from.
    package init(_ tensors: [StoredTensor], of values: [Float]) {
        (self.tensors, self.values) = (tensors, values)
        byteCount = ZIPWriter.byteCount(
            of: tensors.map { (Self.name(of: $0), Self.header(of: $0).count + 4 * $0.count) })
    }

    package mutating func next() -> Data? {
        defer { written += 1 }
        guard written < tensors.count else { return written == tensors.count ? archive.end() : nil }
        let tensor = tensors[written]
        var content = Data(Self.header(of: tensor))
        content.append(Data(littleEndian: tensor.values(of: values)))
        return archive.file(Self.name(of: tensor), content)
    }

    private static func name(of tensor: StoredTensor) -> String { tensor.name + ".npy" }

    private static func header(of tensor: StoredTensor) -> [UInt8] {
        NPYHeader(.float32, shape: tensor.shape).encoded
    }
}
