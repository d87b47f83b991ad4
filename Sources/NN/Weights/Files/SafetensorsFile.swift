import Foundation

/// A file in the safetensors format (https://github.com/huggingface/safetensors): the length of a header (u64
/// little-endian), the header in JSON, then the tensors' bytes.
struct SafetensorsFile: TensorFile {
    struct Entry: Decodable {
        let dtype: String
        let shape: [Int]
        /// Begin and end among the bytes after the header.
        let offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    /// The tensors of the file by name.
    private let entries: [String: Entry]
    private let metadata: [String: String]
    private let bytes: WeightsBytes
    /// Where the tensors' bytes begin in the file, and how many there are.
    private let bodyStart: Int
    private let bodySize: Int

    var names: Set<String> { Set(entries.keys) }
    var layoutName: String? { metadata["layout"] }
    private var path: String { bytes.path }

    /// The format's own bound on the header.
    private static let longestHeader = 100_000_000

    init(_ bytes: WeightsBytes) throws(WeightsError) {
        self.bytes = bytes
        let (path, size) = (bytes.path, bytes.size)
        guard size >= 8 else {
            throw WeightsError(
                file: path, "is not a safetensors file: it has \(size) bytes, fewer than the 8 of its length")
        }
        let length = try bytes.read(8, at: 0).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= min(Self.longestHeader, size - 8) else {
            throw WeightsError(
                file: path, "is not a safetensors file: its header would have \(length) bytes of \(size - 8)")
        }
        let header = try bytes.read(Int(length), at: 8)
        do {
            let fields = try JSONDecoder().decode([String: Field].self, from: header)
            entries = fields.compactMapValues { if case .tensor(let entry) = $0 { entry } else { nil } }
            metadata = if case .metadata(let texts)? = fields["__metadata__"] { texts } else { [:] }
        } catch {
            throw WeightsError(
                file: path, "is not a safetensors file: its header is not the JSON it should be")
        }
        bodyStart = 8 + Int(length)
        bodySize = size - bodyStart
    }

    /// The header's values: tensors, and the free-form `__metadata__`.
    private enum Field: Decodable {
        case tensor(Entry)
        case metadata([String: String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if decoder.codingPath.last?.stringValue == "__metadata__" {
                self = .metadata(try container.decode([String: String].self))
            } else {
                self = .tensor(try container.decode(Entry.self))
            }
        }
    }

    /// The values of one tensor.
    func values(of name: String, shape: [Int]) throws(WeightsError) -> [Float] {
        guard let entry = entries[name] else {
            throw WeightsError(
                file: path, parameter: name, "is missing; the model needs it with shape \(shape)")
        }
        guard entry.dtype == "F32" else {
            throw WeightsError(
                file: path, parameter: name, "has type \(entry.dtype); weights are read as F32 only")
        }
        guard entry.shape == shape else {
            throw WeightsError(
                file: path, parameter: name, "has shape \(entry.shape); the model needs \(shape)")
        }
        let count = shape.reduce(1, *)
        guard entry.offsets.count == 2, let begin = entry.offsets.first, let end = entry.offsets.last,
            begin >= 0, begin <= end, end <= bodySize, end - begin == count * 4
        else {
            throw WeightsError(
                file: path, parameter: name,
                "should take \(count * 4) bytes, but the file gives it \(entry.offsets) of \(bodySize)")
        }
        return [Float](littleEndian: try bytes.read(end - begin, at: bodyStart + begin))
    }

    /// Makes sure that each byte after the header belongs to one tensor, as the format wants it.
    func checkTheRest() throws(WeightsError) {
        var last = 0
        let ordered = entries.sorted { $0.value.offsets.lexicographicallyPrecedes($1.value.offsets) }
        for (name, entry) in ordered {
            guard entry.offsets.count == 2, let begin = entry.offsets.first, let end = entry.offsets.last,
                begin <= end
            else {
                throw WeightsError(
                    file: path, parameter: name, "should have a begin and an end, not \(entry.offsets)")
            }
            guard begin == last else {
                throw WeightsError(
                    file: path, parameter: name,
                    "begins at byte \(begin), but the tensor before it ends at byte \(last)")
            }
            last = end
        }
        guard last == bodySize else {
            throw WeightsError(
                file: path, "is not a safetensors file: \(bodySize - last) bytes follow its last tensor")
        }
    }
}
