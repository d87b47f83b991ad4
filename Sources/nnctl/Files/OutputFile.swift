import Control
import Glibc

/// A file that a verb makes.
enum OutputFile {
    /// Writes a file that replaces what has its name, or nothing. What is there and is no plain file, such as /dev/stdout, is
    /// written to.
    ///
    /// - Throws: `Failure` with `cannotCreate` or `inputOutput`.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        if isSpecial(path) { return try fill(path, bytes) }
        let file = try NewFile(path: path, replacing: true)
        try file.write(bytes)
        try file.keep()
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    private static func fill(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(.cannotCreate, "cannot create \(path)") }
        defer { close(descriptor) }
        do {
            try StandardStream(descriptor: descriptor).write(bytes)
        } catch .failed(let number) {
            throw .system(.inputOutput, "cannot write \(path)", errno: number)
        } catch {
            throw Failure(.inputOutput, "cannot write \(path): its reader has gone")
        }
    }
}
