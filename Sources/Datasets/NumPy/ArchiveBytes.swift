import Files
import NumPy

/// The content of an array's file in an NPZ archive.
final class ArchiveBytes: ByteSource {
    let name: String
    private let member: NPZMember

    init(path: String, array: String, _ files: FileOpener) throws(DataError) {
        let descriptor: Int32
        do {
            descriptor = try files.open(path).descriptor
        } catch {
            throw DataError(error, path)
        }
        do {
            member = try NPZMember(of: descriptor, array: array)
        } catch {
            throw DataError(.wrongFormat, file: path, "the file \(error)")
        }
        name = "\(path)[\(array)]"
    }

    var contentLimit: Int { member.size }
    var size: Int? { member.size }

    func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(DataError) {
        let count = min(count, contentLimit)
        var failure: DataError?
        bytes.append(addingCapacity: count) { output in
            unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                guard count > 0 else { return }
                let target = unsafe UnsafeMutableRawBufferPointer(
                    start: buffer.baseAddress, count: count)
                do throws(NumPyError) {
                    initialized = try unsafe member.read(into: target)
                } catch {
                    failure = DataError(.unreadable, file: name, "the archive \(error)")
                }
            }
        }
        if let failure { throw failure }
    }

    func readingWhereItLies() throws(DataError) -> SampleFile? { nil }
}
