import Files
import Glibc
import Synchronization

/// Where a trainer that the daemon has started comes in: a Unix socket in a directory of its own, which nobody else may
/// enter.
package final class WireDoor: Sendable {
    private let directory: String
    private let listener: Int32
    /// What is written or closed here ends a waiting for somebody to come in.
    private let wake: WirePipe
    private let isOpen = Mutex(true)

    /// What connects to `path`.
    package var path: String { directory + "/trainer" }

    /// - Parameter parent: The directory of temporary files.
    /// - Throws: `WireError` when the system does not let it be made.
    package convenience init(in parent: String) throws(WireError) {
        var name = Array((parent + "/nnd-XXXXXX").utf8CString)
        guard unsafe mkdtemp(&name) != nil else {
            throw .system("no directory for the trainer's socket can be made in \(parent)")
        }
        let directory = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        do throws(WireError) {
            try self.init(directory: directory)
        } catch {
            unsafe unlink(directory + "/trainer")
            unsafe rmdir(directory)
            throw error
        }
    }

    private init(directory: String) throws(WireError) {
        let address = try WireSocket.address(of: directory + "/trainer")
        wake = try WirePipe()
        do throws(WireError) {
            listener = try Self.listener(at: address)
        } catch {
            wake.close()
            throw error
        }
        self.directory = directory
    }

    private static func listener(at address: UnixAddress) throws(WireError) -> Int32 {
        let listener = try WireSocket.descriptor()
        guard unsafe address.withPointer({ unsafe bind(listener, $0, $1) }) == 0, listen(listener, 4) == 0
        else {
            let error = WireError.system("the trainer's socket cannot be made")
            close(listener)
            throw error
        }
        return listener
    }

    deinit {
        shut()
        wake.close()
        close(listener)
    }

    /// Lets nobody in any more; who has come in stays.
    package func shut() {
        guard
            isOpen.withLock({
                let before = $0; $0 = false; return before
            })
        else { return }
        unsafe unlink(path)
        unsafe rmdir(directory)
        var byte: UInt8 = 0
        _ = unsafe write(wake.writer, &byte, 1)
    }

    /// Waits for the next one to come in; blocks.
    ///
    /// - Parameter milliseconds: For so long.
    /// - Returns: Nil when the time is over, or the door is shut.
    /// - Throws: `WireError` when the system refuses it.
    package func admit(waiting milliseconds: Int32) throws(WireError) -> WireSocket? {
        var entries = [
            pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake.reader, events: Int16(POLLIN), revents: 0),
        ]
        let end = ContinuousClock.now + .milliseconds(Int(milliseconds))
        var count: Int32
        repeat {
            let rest = max(0, Int32((end - .now) / .milliseconds(1)))
            count = unsafe poll(&entries, nfds_t(entries.count), rest)
        } while count < 0 && errno == EINTR
        if count < 0 { throw .system("the trainer's socket cannot be waited for") }
        guard count > 0, entries[1].revents == 0 else { return nil }
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { throw .system("a connection of the trainer cannot be taken") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return WireSocket(descriptor)
    }
}

extension WireSocket {
    /// Comes in at a door.
    ///
    /// - Parameter path: Of its socket.
    /// - Returns: The connection.
    /// - Throws: `WireError` when nobody listens there.
    package static func connected(to path: String) throws(WireError) -> WireSocket {
        let address = try address(of: path)
        let descriptor = try descriptor()
        guard unsafe address.withPointer({ unsafe connect(descriptor, $0, $1) }) == 0 else {
            let reason = SystemError.last
            close(descriptor)
            let advice =
                reason.number == ENOENT
                ? "; rank 0 must run on the daemon's machine, the first of `cluster.hosts`" : ""
            throw WireError(.system, "the daemon's socket \(path) does not answer: \(reason)\(advice)")
        }
        return WireSocket(descriptor)
    }

    /// - Throws: `WireError` for a path that no address holds.
    fileprivate static func address(of path: String) throws(WireError) -> UnixAddress {
        // One byte stays free, which is zero and ends it.
        let (count, most) = (path.utf8.count, UnixAddress.longestName - 1)
        guard count <= most, count > 0 else {
            throw WireError(
                .system,
                "the path of a socket has at most \(most) bytes, and \(path) has \(count); set TMPDIR to a shorter one"
            )
        }
        return UnixAddress(path.utf8)
    }

    /// A socket that is not connected yet.
    fileprivate static func descriptor() throws(WireError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw .system("a socket cannot be made") }
        return descriptor
    }
}
