import Control
import Glibc

/// A file that a verb makes.
enum OutputFile {
    /// Writes a file of its own beside it and lets that take the name, so that nobody finds half a file. What is there and is no
    /// plain file, such as /dev/stdout, is written to.
    ///
    /// - Throws: `Failure` with `cannotCreate` or `inputOutput`.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        if isSpecial(path) { return try fill(path, O_WRONLY | O_CLOEXEC, bytes) }
        let draft = "\(path).\(getpid()).tmp"
        do throws(Failure) {
            try fill(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, bytes, named: path)
            guard unsafe rename(draft, path) == 0 else {
                throw .system(.cannotCreate, "cannot create \(path)")
            }
        } catch {
            unsafe unlink(draft)
            throw error
        }
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    private static func fill(
        _ path: String, _ flags: Int32, _ bytes: [UInt8], named name: String? = nil
    ) throws(Failure) {
        let descriptor = unsafe open(path, flags, 0o666)
        guard descriptor >= 0 else { throw .system(.cannotCreate, "cannot create \(name ?? path)") }
        defer { close(descriptor) }
        do {
            try StandardStream(descriptor: descriptor).write(bytes)
        } catch .failed(let number) {
            throw .system(.inputOutput, "cannot write \(name ?? path)", errno: number)
        } catch {
            throw Failure(.inputOutput, "cannot write \(name ?? path): its reader has gone")
        }
    }
}
