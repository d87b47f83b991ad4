import Control
import Glibc

/// A file that a verb writes. It comes to its place whole, or not at all: before that it is a ``Draft``, of which nothing stays
/// when the verb ends early.
package final class NewFile {
    private let path: String
    /// Where it goes: `path`, or what that is a link to.
    private let place: String
    private let isReplacing: Bool
    private let draft: Draft
    /// How many bytes are written so far.
    package private(set) var size = 0

    /// - Parameters:
    ///   - path: As the user named it.
    ///   - isReplacing: Whether a plain file that is there may go; the new one then has its permissions.
    ///   - isNamed: Whether the draft has a name, as where the file system has no files without one.
    /// - Throws: `Failure` of the status `cannotCreate`.
    package init(path: String, replacing isReplacing: Bool, named isNamed: Bool = false) throws(Failure) {
        (self.path, self.isReplacing) = (path, isReplacing)
        let old = try Self.status(of: path)
        if old != nil, !isReplacing { throw Self.taken(path) }
        let isLink = old.map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
        let place = isLink ? Self.target(of: path) ?? path : path
        let replaced = isLink ? try Self.status(of: place) : old
        // A rename would put a file in the place of a device.
        if let replaced, replaced.st_mode & S_IFMT != S_IFREG {
            throw Failure(.cannotCreate, "\(path) is not a plain file; name another one.")
        }
        let name = place.lastIndex(of: "/").map { place[place.index(after: $0)...] } ?? place[...]
        guard !name.isEmpty else {
            throw Failure(.cannotCreate, "\(path) is a directory; name a file in it.")
        }
        self.place = place
        guard let draft = Draft(in: String(place.dropLast(name.count)), named: isNamed) else {
            throw .system(.cannotCreate, "cannot create \(path)")
        }
        self.draft = draft
        if let replaced { _ = fchmod(draft.descriptor, replaced.st_mode & 0o7777) }
    }

    /// - Throws: `Failure` of the status `inputOutput`.
    package func write(_ bytes: [UInt8]) throws(Failure) {
        do {
            try StandardStream(descriptor: draft.descriptor).write(bytes)
        } catch {
            let number = if case .failed(let number) = error { number } else { EPIPE }
            throw .system(.inputOutput, "cannot write \(path)", errno: number)
        }
        size += bytes.count
    }

    /// Puts the file into its place, where a loss of power leaves it.
    ///
    /// - Throws: `Failure`.
    package func keep() throws(Failure) {
        guard fsync(draft.descriptor) == 0 else { throw .system(.inputOutput, "cannot write \(path)") }
        guard draft.move(to: place, replacing: isReplacing) else {
            if errno == EEXIST { throw Self.taken(path) }
            throw .system(.cannotCreate, "cannot create \(path)")
        }
    }

    /// Of the file or the link itself; nil where there is none.
    private static func status(of path: String) throws(Failure) -> stat? {
        var status = stat()
        if unsafe lstat(path, &status) == 0 { return status }
        guard errno == ENOENT else { throw .system(.cannotCreate, "cannot create \(path)") }
        return nil
    }

    /// What a link leads to in the end; nil where that is not there.
    private static func target(of link: String) -> String? {
        guard let resolved = unsafe realpath(link, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func taken(_ path: String) -> Failure {
        Failure(.cannotCreate, "\(path) is there already; --force replaces it.")
    }
}
