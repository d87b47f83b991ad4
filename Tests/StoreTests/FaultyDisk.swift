import Foundation
import GRDBSQLite
import Glibc
import Synchronization

/// Makes SQLite's writes to the files of one directory fail as a bad disk does. Other directories are left alone.
final class FaultyDisk: Sendable {
    private struct State {
        var writes = 0
        /// Which writes fail, counted from the last `count` or `fail`.
        var failing: Range<Int> = 0..<0
        var number: Int32 = 0
        /// The most bytes that the write-ahead log may have.
        var logLimit = Int.max
    }

    private static let disks = Mutex<[String: State]>([:])
    private static let isInstalled: Bool = {
        guard let vfs = sqlite3_vfs_find(nil) else { return false }
        let call = unsafeBitCast(faultyWrite, to: sqlite3_syscall_ptr.self)
        let results = ["pwrite", "pwrite64"].map { (name: String) in
            vfs.pointee.xSetSystemCall(vfs, name, call)
        }
        return results.contains(SQLITE_OK)
    }()

    private let directory: String

    init(_ directory: String) {
        self.directory = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
        precondition(Self.isInstalled)
        change { $0 = State() }
    }

    deinit { _ = Self.disks.withLock { $0.removeValue(forKey: directory) } }

    /// Writes since the last call of this or of `fail`.
    func count() -> Int {
        Self.disks.withLock { disks in
            defer { disks[directory]?.writes = 0 }
            return disks[directory]?.writes ?? 0
        }
    }

    /// Lets writes fail with `number`, as in `errno`, after so many that go well: all of them, or just so many.
    func fail(after writes: Int, with number: Int32, times: Int = .max - 1_000_000) {
        change { $0 = State(failing: writes..<writes + times, number: number) }
    }

    /// Lets the log grow so far and no further.
    func limitLog(to bytes: Int) {
        change { $0 = State(number: ENOSPC, logLimit: bytes) }
    }

    func mend() { change { $0 = State() } }

    private func change(_ body: (inout State) -> Void) {
        Self.disks.withLock { body(&$0[directory, default: State()]) }
    }

    /// The number to fail with; nil for a write that goes well.
    fileprivate static func fault(_ descriptor: Int32, end: Int) -> Int32? {
        guard
            let file = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\(descriptor)")
        else { return nil }
        let directory = (file as NSString).deletingLastPathComponent
        return disks.withLock { disks in
            guard var state = disks[directory] else { return nil }
            let fails =
                state.failing.contains(state.writes) || (file.hasSuffix("-wal") && end > state.logLimit)
            state.writes += 1
            disks[directory] = state
            return fails ? state.number : nil
        }
    }
}

private let faultyWrite: @convention(c) (Int32, UnsafeRawPointer?, Int, off_t) -> Int = {
    descriptor, bytes, count, offset in
    if let number = FaultyDisk.fault(descriptor, end: Int(offset) + count) {
        errno = number
        return -1
    }
    return pwrite(descriptor, bytes, count, offset)
}
