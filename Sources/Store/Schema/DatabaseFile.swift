import Foundation

/// The database file before SQLite sees it: created for its owner alone, or recognised as ours.
enum DatabaseFile {
    /// Creates the file at `path` with mode 0600, or checks the one that is there and takes others' rights
    /// away.
    ///
    /// A file that is refused keeps every byte. Must run before this process opens the database: closing any
    /// descriptor of a file drops the process's POSIX locks on it, https://www.sqlite.org/howtocorrupt.html,
    /// 2.2.
    static func prepare(_ path: String) throws(StoreError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw openError(errno, path) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let start: Data
        do {
            start = try file.read(upToCount: DatabaseHeader.length) ?? Data()
        } catch {
            throw StoreError(.inputOutput, "could not read \(path): \(error)")
        }
        try recognise(start, path)
        guard fchmod(descriptor, 0o600) == 0 else { throw openError(errno, path) }
    }

    private static func recognise(_ start: Data, _ path: String) throws(StoreError) {
        // SQLite makes a database out of an empty file.
        if start.isEmpty { return }
        guard let header = DatabaseHeader(start) else {
            throw StoreError(
                .notADatabase,
                "\(path) is not an SQLite database; move it away or choose another state directory")
        }
        // Creation that was cut short leaves a file without any table; `Schema.claim` finishes it.
        if header.schemaCookie == 0 && header.applicationID == 0 { return }
        try Schema.recognise(
            applicationID: Int(header.applicationID), version: Int(header.userVersion), path: path)
    }

    private static func openError(_ code: Int32, _ path: String) -> StoreError {
        let directory = (path as NSString).deletingLastPathComponent
        return switch code {
        case ENOENT:
            StoreError(
                .cannotOpen, "could not open \(path): there is no directory \(directory); create it first")
        case ENOTDIR:
            StoreError(.cannotOpen, "could not open \(path): \(directory) is not a directory")
        case EISDIR:
            StoreError(.cannotOpen, "could not open \(path): it is a directory, where a file is wanted")
        case EACCES, EPERM:
            StoreError(.permissionDenied, "could not open \(path): reading and writing it is not permitted")
        case EROFS:
            StoreError(.permissionDenied, "could not open \(path): the file system is mounted read-only")
        case ENOSPC, EDQUOT:
            StoreError(.diskFull, "could not create \(path): the disk is full")
        default:
            StoreError(.cannotOpen, "could not open \(path): \(unsafe String(cString: strerror(code)))")
        }
    }
}
