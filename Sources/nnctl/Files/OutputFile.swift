import Control
import Glibc

/// A file that a verb makes.
enum OutputFile {
    /// Writes a file, all of it or nothing; a plain file that is there goes if it may. What is there and is no plain file, such as a
    /// pipe, is written to.
    ///
    /// - Throws: `Failure` with `cannotCreate` or `inputOutput`.
    static func write(_ bytes: [UInt8], to path: String, replacing isReplacing: Bool) throws(Failure) {
        if isSpecial(path) { return try fill(path, bytes) }
        let file = try NewFile(path: path, replacing: isReplacing)
        try file.write(bytes)
        try file.keep()
    }

    /// Says at once what ``write(_:to:replacing:)`` would say of the name, before the work that the file is of.
    ///
    /// - Throws: `Failure` with `cannotCreate`.
    static func check(_ path: String, replacing isReplacing: Bool) throws(Failure) {
        if !isSpecial(path) { _ = try NewFile(path: path, replacing: isReplacing) }
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
