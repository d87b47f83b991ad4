import Files
import Foundation
import Glibc

/// The bytes of a file of weights. No more of them is in memory than is asked for: it may be of any size, and say so before it is
/// checked.
struct WeightsBytes {
    let path: String
    let file: FileHandle
    /// In bytes.
    let size: Int

    private static let purpose = "`initial_weights` must name a safetensors or NPZ file"

    init(path: String, _ files: FileOpener) throws(WeightsError) {
        self.path = path
        do {
            let (descriptor, size) = try files.open(path)
            self.size = size
            file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        } catch {
            let reason = error.kind == .missing ? "" : " (\(error.problem))"
            throw WeightsError(file: path, "cannot be read\(reason); \(Self.purpose)")
        }
    }

    /// Another descriptor of the file, for whom it is handed to to close; its position is that of this one.
    func duplicate() -> Int32 { fcntl(file.fileDescriptor, F_DUPFD_CLOEXEC, 0) }

    func read(_ count: Int, at offset: Int) throws(WeightsError) -> Data {
        var bytes: Data?
        do {
            try file.seek(toOffset: UInt64(offset))
            bytes = try file.read(upToCount: count)
        } catch {
            throw WeightsError(file: path, "cannot be read; \(Self.purpose)")
        }
        guard let bytes = bytes ?? (count == 0 ? Data() : nil), bytes.count == count else {
            throw WeightsError(file: path, "has become shorter while it was read")
        }
        return bytes
    }
}
