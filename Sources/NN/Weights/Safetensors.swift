import Files
import Foundation

/// A file in the safetensors format (https://github.com/huggingface/safetensors): the length of a header (u64
/// little-endian), the header in JSON, then the tensors' bytes.
struct Safetensors {
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
    let entries: [String: Entry]
    private let path: String
    private let body: Data

    /// The format's own bound on the header.
    private static let longestHeader = 100_000_000

    init(path: String, _ files: FileOpener = .own) throws(WeightsError) {
        self.path = path
        let data = try Self.content(of: path, files)
        guard data.count >= 8 else {
            throw WeightsError(
                file: path,
                "is not a safetensors file: it has \(data.count) bytes, fewer than the 8 of its length")
        }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= min(Safetensors.longestHeader, data.count - 8) else {
            throw WeightsError(
                file: path,
                "is not a safetensors file: its header would have \(length) bytes of \(data.count - 8)")
        }
        let header = data.dropFirst(8).prefix(Int(length))
        do {
            let fields = try JSONDecoder().decode([String: Field].self, from: Data(header))
            entries = fields.compactMapValues { if case .tensor(let entry) = $0 { entry } else { nil } }
        } catch {
            throw WeightsError(
                file: path, "is not a safetensors file: its header is not the JSON it should be")
        }
        body = Data(data.dropFirst(8 + Int(length)))
    }

    private static func content(of path: String, _ files: FileOpener) throws(WeightsError) -> Data {
        let purpose = "`initial_weights` must name a safetensors file"
        let (descriptor, size): (Int32, Int)
        do {
            (descriptor, size) = try files.open(path)
        } catch {
            let reason = error.kind == .missing ? "" : " (\(error.problem))"
            throw WeightsError(file: path, "cannot be read\(reason); \(purpose)")
        }
        do {
            let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            return try file.read(upToCount: size) ?? Data()
        } catch {
            throw WeightsError(file: path, "cannot be read; \(purpose)")
        }
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
            begin >= 0, begin <= end, end <= body.count, end - begin == count * 4
        else {
            throw WeightsError(
                file: path, parameter: name,
                "should take \(count * 4) bytes, but the file gives it \(entry.offsets) of \(body.count)")
        }
        let bytes = body[(body.startIndex + begin)..<(body.startIndex + end)]
        var values = [Float](repeating: 0, count: count)
        _ = unsafe values.withUnsafeMutableBytes { target in unsafe bytes.copyBytes(to: target) }
        return values.map { Float(bitPattern: UInt32(littleEndian: $0.bitPattern)) }
    }

    /// Makes sure that each byte after the header belongs to one tensor, as the format wants it.
    /// - Precondition: `values` has accepted every tensor, so that each has a begin and an end inside of the
    ///   file.
    func checkThatTensorsFillTheFile() throws(WeightsError) {
        var end = 0
        let ordered = entries.sorted { $0.value.offsets.lexicographicallyPrecedes($1.value.offsets) }
        for (name, entry) in ordered {
            guard entry.offsets[0] == end else {
                throw WeightsError(
                    file: path, parameter: name,
                    "begins at byte \(entry.offsets[0]), but the tensor before it ends at byte \(end)")
            }
            end = entry.offsets[1]
        }
        guard end == body.count else {
            throw WeightsError(
                file: path, "is not a safetensors file: \(body.count - end) bytes follow its last tensor")
        }
    }
}
