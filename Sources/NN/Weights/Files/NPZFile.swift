import Foundation
import NumPy

/// A file that `numpy.savez` writes: a ZIP archive with an array in `NAME.npy` for each tensor.
struct NPZFile: TensorFile {
    let names: Set<String>
    /// The format has no room for it.
    let layoutName: String? = nil
    private let bytes: WeightsBytes

    init(_ bytes: WeightsBytes) throws(WeightsError) {
        self.bytes = bytes
        do {
            names = Set(try NPZMember.arrays(of: bytes.duplicate()))
        } catch {
            throw WeightsError(file: bytes.path, error.description)
        }
    }

    func values(of name: String, shape: [Int]) throws(WeightsError) -> [Float] {
        do throws(NumPyError) {
            guard names.contains(name) else {
                throw NumPyError("is missing; the model needs it with shape \(shape)")
            }
            let array = try NPZMember(of: bytes.duplicate(), array: name)
            var start: [UInt8] = []
            try array.read(NPYHeader.fixedLength, appendingTo: &start)
            try array.read(max(0, NPYHeader.length(of: start) - start.count), appendingTo: &start)
            let header = try NPYHeader(start)
            guard header.type == .float32 else {
                throw NumPyError("has type \(header.type); weights are read as <f4 (float32) only")
            }
            guard header.shape == shape else {
                throw NumPyError("has shape \(header.shape); the model needs \(shape)")
            }
            // One more than there may be: only where the array ends is its checksum compared.
            var body: [UInt8] = []
            try array.read(4 * header.count + 1, appendingTo: &body)
            guard body.count == 4 * header.count else {
                throw NumPyError(
                    "should take \(4 * header.count) bytes, but the file gives it \(array.size - start.count)"
                )
            }
            let values = [Float](littleEndian: Data(body))
            guard header.isFortranOrder else { return values }
            return values.indices.map { values[NPYHeader.columnMajorPlace(of: $0, in: shape)] }
        } catch {
            throw WeightsError(file: bytes.path, parameter: name, error.description)
        }
    }

    func checkTheRest() {}
}
