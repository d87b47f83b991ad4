import Files
import NumPy

/// The content of an array's file in an NPZ archive.
final class ArchiveBytes: ByteSource {
    let name: String
    private let member: NPZMember

    init(path: String, array: String, _ files: FileOpener) throws(DataError) {
        member = try Self.reading(path, files) { descriptor throws(NumPyError) in
            try NPZMember(of: descriptor, array: array)
        }
        name = "\(path)[\(array)]"
    }

    /// The names of the arrays in an archive, in its order.
    static func arrays(path: String, _ files: FileOpener) throws(DataError) -> [String] {
        try reading(path, files) { descriptor throws(NumPyError) in try NPZMember.arrays(of: descriptor) }
    }

    private static func reading<Result>(
        _ path: String, _ files: FileOpener, _ body: (Int32) throws(NumPyError) -> Result
    ) throws(DataError) -> Result {
        let descriptor: Int32
        do {
            descriptor = try files.open(path).descriptor
        } catch {
            throw DataError(error, path)
        }
        do {
            return try body(descriptor)
        } catch {
            throw DataError(.wrongFormat, file: path, "the file \(error)")
        }
    }

    var contentLimit: Int { member.size }
    var size: Int? { member.size }

    func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(DataError) {
        do {
            try member.read(min(count, contentLimit), appendingTo: &bytes)
        } catch {
            throw DataError(.unreadable, file: name, "the archive \(error)")
        }
    }

    func readingWhereItLies() throws(DataError) -> SampleFile? { nil }
}
