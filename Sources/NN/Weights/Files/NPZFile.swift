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
            var start = try array.bytes(NPYHeader.fixedLength)
            start += try array.bytes(max(0, NPYHeader.length(of: start) - start.count))
            let header = try NPYHeader(start)
            guard header.type == .float32 else {
                throw NumPyError("has type \(header.type); weights are read as <f4 (float32) only")
            }
            guard header.shape == shape else {
                throw NumPyError("has shape \(header.shape); the model needs \(shape)")
            }
            // One more than there may be: only where the array ends is its checksum compared.
            let body = try array.bytes(4 * header.count + 1)
            guard body.count == 4 * header.count else {
                throw NumPyError(
                    "should take \(4 * header.count) bytes, but the file gives it \(array.size - start.count)"
                )
            }
            let values = [Float](littleEndian: Data(body))
            return header.isFortranOrder ? rowByRow(values, shape) : values
        } catch {
            throw WeightsError(file: bytes.path, parameter: name, error.description)
        }
    }

    func checkTheRest() {}
}

/// The elements in the order in which the last axis runs fastest, of an array in which the first one does.
private func rowByRow(_ values: [Float], _ shape: [Int]) -> [Float] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropFirst() { strides[axis] = strides[axis - 1] * shape[axis - 1] }
    var (index, place) = ([Int](repeating: 0, count: shape.count), 0)
    return values.indices.map { _ in
        defer {
            for axis in shape.indices.reversed() {
                index[axis] += 1
                place += strides[axis]
                if index[axis] < shape[axis] { break }
                place -= strides[axis] * shape[axis]
                index[axis] = 0
            }
        }
        return values[place]
    }
}
