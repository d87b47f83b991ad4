import Control
import Glibc

/// A file that a verb writes. It is made beside its place and comes there whole, or not at all.
final class NewFile {
    private let path: String
    private let draft: String
    private let isReplacing: Bool
    private let stream: StandardStream
    private var isKept = false
    /// How many bytes are written so far.
    private(set) var size = 0

    /// - Parameters:
    ///   - path: As the user named it.
    ///   - isReplacing: Whether a file that is there may go.
    /// - Throws: `Failure` of the status `cannotCreate`.
    init(path: String, replacing isReplacing: Bool) throws(Failure) {
        (self.path, self.isReplacing) = (path, isReplacing)
        var status = stat()
        if unsafe lstat(path, &status) == 0 {
            guard isReplacing else { throw Self.taken(path) }
            // A rename would put a file in the place of a device or a link.
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw Failure(
                    .cannotCreate, "\(path) is not a plain file; name another one, or - for standard output.")
            }
        }
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        guard !name.isEmpty else {
            throw Failure(.cannotCreate, "\(path) is a directory; name a file in it.")
        }
        draft = "\(path.dropLast(name.count)).\(name).\(getpid()).part"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(.cannotCreate, "cannot create \(path)") }
        stream = StandardStream(descriptor: descriptor)
    }

    deinit {
        close(stream.descriptor)
        if !isKept { unsafe unlink(draft) }
    }

    /// - Throws: `Failure` of the status `inputOutput`.
    func write(_ bytes: [UInt8]) throws(Failure) {
        do {
            try stream.write(bytes)
        } catch {
            let number = if case .failed(let number) = error { number } else { EPIPE }
            throw .system(.inputOutput, "cannot write \(path)", errno: number)
        }
        size += bytes.count
    }

    /// Puts the file into its place, where it is durable.
    ///
    /// - Throws: `Failure`.
    func keep() throws(Failure) {
        guard fsync(stream.descriptor) == 0 else { throw .system(.inputOutput, "cannot write \(path)") }
        if isReplacing {
            guard unsafe rename(draft, path) == 0 else {
                throw .system(.cannotCreate, "cannot create \(path)")
            }
            isKept = true
            return
        }
        // Unlike a rename, a link never takes the place of another file.
        guard unsafe link(draft, path) == 0 else {
            if errno == EEXIST { throw Self.taken(path) }
            throw .system(.cannotCreate, "cannot create \(path)")
        }
    }

    private static func taken(_ path: String) -> Failure {
        Failure(.cannotCreate, "\(path) is there already; --force replaces it.")
    }
}
