import CFiles
import Foundation

/// A file that holds samples and is read where it lies.
///
/// By `pread` and not by a mapping: should somebody cut the file short, a read tells, where a mapping would end the
/// process by SIGBUS (docs/decisions/0013). Any number of threads may read at once.
final class SampleFile: Sendable {
    /// For sentences: the file that the samples came from.
    let path: String
    private let descriptor: Int32
    /// What the file looked like at first; nil for one without a name, which nobody else can change.
    private let identity: Identity?

    private struct Identity: Equatable {
        let size: Int
        let seconds: Int
        let nanoseconds: Int

        init?(_ descriptor: Int32) {
            var status = stat()
            guard unsafe fstat(descriptor, &status) == 0 else { return nil }
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    /// A file that was found; `descriptor` is copied.
    init(readingWhereItLies descriptor: Int32, path: String) throws(DataError) {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0, let identity = Identity(copy) else {
            let problem = systemMessage(errno)
            if copy >= 0 { close(copy) }
            throw DataError(.unreadable, file: path, "the file cannot be kept open: \(problem)")
        }
        self.path = path
        self.descriptor = copy
        self.identity = identity
    }

    /// A file without a name, open for writing; takes `descriptor` over.
    init(nameless descriptor: Int32, for path: String) {
        self.path = path
        self.descriptor = descriptor
        identity = nil
    }

    deinit { close(descriptor) }

    /// Writes behind `offset`; nobody reads there yet.
    /// - Returns: nil, or why it could not be done, as an `errno`.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32? {
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = unsafe pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return written < 0 ? errno : ENOSPC }
            done += written
        }
        return nil
    }

    /// Bytes that others may still write to the file system that holds this file.
    var freeSpace: Int {
        var status = statvfs()
        guard unsafe fstatvfs(descriptor, &status) == 0 else { return .max }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
                .partialValue)
    }

    /// Fills `bytes` from `offset` on.
    /// - Throws: `DataError` when the file has changed or cannot be read.
    func read(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) throws(DataError) {
        try unsafe readWhole(at: offset, into: bytes)
        try checkUnchanged()
    }

    /// Reads pieces of equal size from anywhere in the file.
    ///
    /// What is in the page cache is read at once. For what is not, the disk is asked for all pieces before the first is
    /// waited for.
    /// - Parameters:
    ///   - count: How many pieces.
    ///   - scratch: Memory of the size of a piece.
    ///   - offset: Where a piece begins.
    ///   - body: Gets a piece's number, in any order, and `scratch` holds it then.
    /// - Throws: `DataError` when the file has changed or cannot be read. `body` has seen some pieces by then.
    func gather(
        _ count: Int, scratch: UnsafeMutableRawBufferPointer, offset: (Int) -> Int, _ body: (Int) -> Void
    ) throws(DataError) {
        var missing: [Int] = []
        for piece in 0..<count {
            let place = offset(piece)
            if unsafe readCached(at: place, into: scratch) {
                body(piece)
            } else {
                posix_fadvise(descriptor, place, scratch.count, POSIX_FADV_WILLNEED)
                missing.append(piece)
            }
        }
        for piece in missing {
            try unsafe readWhole(at: offset(piece), into: scratch)
            body(piece)
        }
        try checkUnchanged()
    }

    /// Whether `bytes` could be filled without waiting for a disk.
    private func readCached(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
        var part = unsafe iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        return unsafe preadv2(descriptor, &part, 1, offset, nnd_rwf_nowait) == bytes.count
    }

    private func readWhole(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) throws(DataError) {
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
            let received = unsafe pread(descriptor, rest.baseAddress, rest.count, offset + done)
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else {
                throw DataError(.unreadable, file: path, "the file cannot be read: \(systemMessage(errno))")
            }
            guard received > 0 else { throw changed }
            done += received
        }
    }

    /// What was read before this is what the file held at first.
    private func checkUnchanged() throws(DataError) {
        if let identity, Identity(descriptor) != identity { throw changed }
    }

    private var changed: DataError {
        DataError(
            .changed, file: path,
            "the file has changed while it was in use; a job needs its samples as they are until it ends")
    }
}

/// What the system says of an error.
func systemMessage(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
