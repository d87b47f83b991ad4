package import Foundation

/// A file in the safetensors format (https://github.com/huggingface/safetensors), the tensors in the order in which they are
/// given.
package struct SafetensorsWriter: PiecewiseFile {
    private enum Field: Encodable {
        case metadata([String: String])
        case tensor(shape: [Int], offsets: [Int])

        private enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .metadata(let texts): try texts.encode(to: encoder)
            case .tensor(let shape, let offsets):
                var fields = encoder.container(keyedBy: CodingKeys.self)
                try fields.encode("F32", forKey: .dtype)
                try fields.encode(shape, forKey: .shape)
                try fields.encode(offsets, forKey: .offsets)
            }
        }
    }

    package let byteCount: Int
    private let tensors: [StoredTensor]
    private let values: [Float]
    private var head: Data?
    private var written = 0

    /// - Parameters:
    ///   - tensors: What is written.
    ///   - values: Those of the model, where the tensors have theirs from.
    ///   - metadata: What the file says of itself.
    /// - Throws: What Foundation says of texts that are no JSON.
    package init(_ tensors: [StoredTensor], of values: [Float], metadata: [String: String] = [:]) throws {
        (self.tensors, self.values) = (tensors, values)
        var fields: [String: Field] = metadata.isEmpty ? [:] : ["__metadata__": .metadata(metadata)]
        var end = 0
        for tensor in tensors {
            let begin = end
            end += 4 * tensor.count
            fields[tensor.name] = .tensor(shape: tensor.shape, offsets: [begin, end])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var header = try encoder.encode(fields)
        // The values begin at a multiple of 8 bytes, as the format asks of whoever writes it.
        header.append(Data(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
        var head = Data()
        for shift in stride(from: 0, to: 64, by: 8) {
            head.append(UInt8(truncatingIfNeeded: header.count >> shift))
        }
        head.append(header)
        byteCount = head.count + end
        self.head = head
    }

    package mutating func next() -> Data? {
        if let head {
            self.head = nil
            return head
        }
        guard written < tensors.count else { return nil }
        defer { written += 1 }
        return Data(littleEndian: tensors[written].values(of: values))
    }
}
