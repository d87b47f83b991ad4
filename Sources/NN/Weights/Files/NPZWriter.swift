package import Foundation
import NumPy

/// A file as `numpy.savez` writes it: an array for each tensor, and behind them what else is told.
package struct NPZWriter: PiecewiseFile {
    package let byteCount: Int
    private let tensors: [StoredTensor]
    private let values: [Float]
    private let notes: [Note]
    private var archive = ZIPWriter()
    private var written = 0

    /// An array that is none of the model's tensors.
    package struct Note: Sendable {
        let name: String
        let shape: [Int]
        let values: [Float]

        package init(_ name: String, _ shape: [Int], _ values: [Float]) {
            (self.name, self.shape, self.values) = (name, shape, values)
        }
    }

    /// - Parameters:
    ///   - tensors: What is written.
    ///   - values: Those of the model, where the tensors have theirs from.
    ///   - notes: What else is written.
    package init(_ tensors: [StoredTensor], of values: [Float], notes: [Note] = []) {
        (self.tensors, self.values, self.notes) = (tensors, values, notes)
        let sizes =
            tensors.map { ($0.name, $0.shape, $0.count) }
            + notes.map { ($0.name, $0.shape, $0.values.count) }
        byteCount = ZIPWriter.byteCount(
            of: sizes.map { (Self.file($0.0), Self.header($0.1).count + 4 * $0.2) })
    }

    package mutating func next() -> Data? {
        defer { written += 1 }
        guard written < tensors.count else {
            let note = written - tensors.count
            guard note < notes.count else { return note == notes.count ? archive.end() : nil }
            return archive.file(
                Self.file(notes[note].name), content(notes[note].shape, notes[note].values))
        }
        let tensor = tensors[written]
        return archive.file(Self.file(tensor.name), content(tensor.shape, tensor.values(of: values)))
    }

    private func content(_ shape: [Int], _ values: [Float]) -> Data {
        Data(Self.header(shape)) + Data(littleEndian: values)
    }

    private static func file(_ name: String) -> String { name + ".npy" }

    private static func header(_ shape: [Int]) -> [UInt8] { NPYHeader(.float32, shape: shape).encoded }
}
