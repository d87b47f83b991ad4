import Control
import Glibc

/// A file that is written beside its place, and takes it when all of it is there.
final class OutputFile {
    private let path: String
    private let part: String
    private var descriptor: Int32
    private var isCommitted = false

    /// - Throws: `Failure` when the file is there already and may not be replaced, or cannot be made.
    init(_ path: String, replacing: Bool) throws(Failure) {
        self.path = path
        part = "\(path).part-\(getpid())"
        if !replacing, unsafe access(path, F_OK) == 0 {
            throw Failure(.cannotCreate, "\(path) is there already; name another file, or say --force.")
        }
        descriptor = unsafe open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(.cannotCreate, "cannot create \(path)") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isCommitted { _ = unsafe unlink(part) }
    }

    func write(_ bytes: [UInt8]) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .system(.inputOutput, "cannot write \(path)")
            }
        }
    }

    /// Puts the file into its place.
    func commit() throws(Failure) {
        let isClosed = close(descriptor) == 0
        descriptor = -1
        guard isClosed, unsafe rename(part, path) == 0 else {
            throw .system(.inputOutput, "cannot write \(path)")
        }
        isCommitted = true
    }
}
