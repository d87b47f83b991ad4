import Foundation
import NumPy

/// A file that `numpy.savez` writes: a ZIP archive with an array in `NAME.npy` for each tensor.
struct NPZFile: TensorFile {
    let names: Set<String>
    /// The format has no room for it.
    let layoutName: String? = nil
    private let path: String
    private let archive: ZIPArchive

    init(_ bytes: WeightsBytes) throws(WeightsError) {
        path = bytes.path
        do {
            archive = try ZIPArchive(bytes.file, size: bytes.size)
        } catch {
            throw WeightsError(file: path, error.description)
        }
        names = Set(archive.names.map { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : $0 })
    }

    func values(of name: String, shape: [Int]) throws(WeightsError) -> [Float] {
        do throws(NumPyError) {
            guard let content = try archive.content(of: name + ".npy") else {
                throw NumPyError("is missing; the model needs it with shape \(shape)")
            }
            let length = try NPYHeader.length(of: Array(content.prefix(NPYHeader.fixedLength)))
            let header = try NPYHeader(Array(content.prefix(length)))
            guard header.type == .float32 else {
                throw NumPyError("has type \(header.type); weights are read as <f4 (float32) only")
            }
            guard header.shape == shape else {
                throw NumPyError("has shape \(header.shape); the model needs \(shape)")
            }
            let body = content.dropFirst(length)
            guard body.count == 4 * header.count else {
                throw NumPyError("should take \(4 * header.count) bytes, but the file gives it \(body.count)")
            }
            let values = [Float](littleEndian: body)
            return header.isFortranOrder ? rowByRow(values, shape) : values
        } catch {
            throw WeightsError(file: path, parameter: name, error.description)
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
