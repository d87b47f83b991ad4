import Control
package import Glibc

/// A daemon that was launched, and the pipe on which it tells that it serves.
package struct DaemonProcess {
    package let id: pid_t
    /// The pipe's read end.
    private let readiness: Int32

    /// Launches the program detached: a session of its own, no input, and everything that it writes appended
    /// to the log.
    package static func launch(_ program: String, _ arguments: [String], log: String) throws(Failure)
        -> DaemonProcess
    {
        let logFile = unsafe open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard logFile >= 0 else { throw .system(.cannotCreate, "cannot open \(log)") }
        defer { close(logFile) }
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .system(.internalError, "cannot make a pipe") }
        // The daemon must hold the only write end, or its death would not end the stream.
        defer { close(ends[1]) }
        do {
            let id = try Spawn.detached(program, arguments, output: logFile, extra: ends[1])
            return DaemonProcess(id: id, readiness: ends[0])
        } catch {
            close(ends[0])
            throw error
        }
    }

    /// Returns when the daemon has written `READY`. Blocks its thread; `nnctl` has nothing else to do
    /// meanwhile.
    ///
    /// - Throws: The daemon's own sentence and exit code if it ends instead.
    package func waitUntilReady(log: String) throws(Failure) {
        defer { close(readiness) }
        let line = firstLine()
        if line == "READY" { return }
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0 && errno == EINTR {}
        // The low seven bits hold the signal that ended it, the next byte its exit code (wait(2)).
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 0
        let sentence = line.isEmpty ? "nnd ended before it was ready; its log is \(log)." : line
        throw Failure(
            ExitStatus(rawValue: code).flatMap { $0 == .success ? nil : $0 } ?? .internalError, sentence)
    }

    /// What comes before the first line feed or the end of the stream.
    private func firstLine() -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 512)
        while bytes.count < 1 << 16 {
            let count = unsafe read(readiness, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk.prefix(count)
            if chunk.prefix(count).contains(UInt8(ascii: "\n")) { break }
        }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
