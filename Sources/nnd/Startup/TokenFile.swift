import Control
import Files
import Foundation
import Glibc

/// The file that holds the token of the TCP listener, one line that nobody but the daemon's user can read.
package struct TokenFile: Sendable {
    package let path: String
    /// Whether it is the daemon's own, which it makes where it is missing.
    private let isMade: Bool

    /// - Parameters:
    ///   - option: The value of `--token-file`.
    ///   - directory: The state directory; the file `token` in it is the default.
    package init(option: String?, directory: String) {
        path = option ?? directory + "/token"
        isMade = option == nil
    }

    /// Reads the token, or makes one (mode 0600) where the default file is missing.
    ///
    /// - Throws: `noPermission` for a file that others can read or that this user cannot, `badInput` for one without a
    ///   token in it, `cannotCreate` if it cannot be made.
    package func token() throws(StartupError) -> AccessToken {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let error = SystemError.last
            if isMade, error.number == ENOENT { return try make() }
            throw StartupError(
                error.isPermission ? .noPermission : .badInput,
                "The token file \(path) cannot be opened: \(error).")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try PrivateFile.check(descriptor, name: "The token file \(path)", userID: geteuid())
        } catch {
            throw StartupError(error.exitStatus, error.description)
        }
        guard let bytes = try? file.read(upToCount: 4097) ?? Data() else {
            throw StartupError(.inputOutput, "The token file \(path) cannot be read.")
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), bytes.count <= 4096,
            text.utf8.count >= AccessToken.shortest
        else {
            throw StartupError(
                .badInput,
                "The token file \(path) must hold one line of at least \(AccessToken.shortest) printable "
                    + "ASCII characters without a space.")
        }
        return AccessToken(text)
    }

    /// Under another name first: a file that is there is whole.
    private func make() throws(StartupError) -> AccessToken {
        let (token, unfinished) = (AccessToken.random(), path + ".new")
        unsafe unlink(unfinished)
        let descriptor = unsafe open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw makingFailed() }
        let bytes = Array((token + "\n").utf8)
        let isWritten = unsafe write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let failure = makingFailed()
        close(descriptor)
        guard isWritten else { throw failure }
        guard unsafe rename(unfinished, path) == 0 else { throw makingFailed() }
        return AccessToken(token)
    }

    private func makingFailed() -> StartupError {
        StartupError(.cannotCreate, "The token file \(path) cannot be made: \(SystemError.last).")
    }
}
