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
    private let file: FileHandle
    /// Where the tensors' bytes begin in the file, and how many there are.
    private let bodyStart: Int
    private let bodySize: Int

    /// The format's own bound on the header.
    private static let longestHeader = 100_000_000

    init(path: String, _ files: FileOpener = .own) throws(WeightsError) {
        self.path = path
        let size: Int
        (file, size) = try Self.open(path, files)
        guard size >= 8 else {
            throw WeightsError(
                file: path, "is not a safetensors file: it has \(size) bytes, fewer than the 8 of its length")
        }
        let length = try Self.read(8, at: 0, of: file, path).reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        guard length <= min(Safetensors.longestHeader, size - 8) else {
            throw WeightsError(
                file: path, "is not a safetensors file: its header would have \(length) bytes of \(size - 8)")
        }
        let header = try Self.read(Int(length), at: 8, of: file, path)
        do {
            let fields = try JSONDecoder().decode([String: Field].self, from: header)
            entries = fields.compactMapValues { if case .tensor(let entry) = $0 { entry } else { nil } }
        } catch {
            throw WeightsError(
                file: path, "is not a safetensors file: its header is not the JSON it should be")
        }
        bodyStart = 8 + Int(length)
        bodySize = size - bodyStart
    }

    private static let purpose = "`initial_weights` must name a safetensors file"

    private static func open(
        _ path: String, _ files: FileOpener
    ) throws(WeightsError) -> (file: FileHandle, size: Int) {
        do {
            let (descriptor, size) = try files.open(path)
            return (FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), size)
        } catch {
            let reason = error.kind == .missing ? "" : " (\(error.problem))"
            throw WeightsError(file: path, "cannot be read\(reason); \(purpose)")
        }
    }

    /// No more of the file is in memory than is asked for: it may be of any size, and say so before it is checked.
    private static func read(
        _ count: Int, at offset: Int, of file: FileHandle, _ path: String
    ) throws(WeightsError) -> Data {
        var bytes: Data?
        do {
            try file.seek(toOffset: UInt64(offset))
            bytes = try file.read(upToCount: count)
        } catch {
            throw WeightsError(file: path, "cannot be read; \(purpose)")
        }
        guard let bytes = bytes ?? (count == 0 ? Data() : nil), bytes.count == count else {
            throw WeightsError(file: path, "has become shorter while it was read")
        }
        return bytes
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
        let bytes = try Self.read(end - begin, at: bodyStart + begin, of: file, path)
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
        guard end == bodySize else {
            throw WeightsError(
                file: path, "is not a safetensors file: \(bodySize - end) bytes follow its last tensor")
        }
    }
}
