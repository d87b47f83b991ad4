import Foundation

extension Weights {
    /// Writes all parameters and running averages to a safetensors file, which `init(_:safetensors:)` and
    /// `initial_weights` read. A file that is there is replaced as a whole.
    /// - Throws: `WeightsError` when the file cannot be written.
    public func save(to path: String) throws(WeightsError) {
        do {
            let data = try Safetensors.file(layout.tensors, values: values)
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw WeightsError(
                file: path, "cannot be written: \(error.localizedDescription)")
        }
    }
}

extension Safetensors {
    private struct Header: Encodable {
        let dtype = "F32"
        let shape: [Int]
        let offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    /// A file with these tensors, whose values follow one another.
    static func file(_ tensors: [(name: String, shape: [Int])], values: [Float]) throws -> Data {
        var headers: [String: Header] = [:]
        var end = 0
        for (name, shape) in tensors {
            let begin = end
            end += 4 * shape.reduce(1, *)
            headers[name] = Header(shape: shape, offsets: [begin, end])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var header = try encoder.encode(headers)
        // The values begin at a multiple of 8 bytes, as the format asks of whoever writes it.
        header.append(Data(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
        var data = Data()
        data.reserveCapacity(8 + header.count + 4 * values.count)
        for shift in stride(from: 0, to: 64, by: 8) {
            data.append(UInt8(truncatingIfNeeded: header.count >> shift))
        }
        data.append(header)
        let little = values.map { $0.bitPattern.littleEndian }
        unsafe little.withUnsafeBytes { bytes in unsafe data.append(contentsOf: bytes) }
        return data
    }
}
