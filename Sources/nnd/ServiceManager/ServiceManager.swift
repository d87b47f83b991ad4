import Files
import Foundation
import Glibc

/// Whoever started the daemon as a service and wants to hear of it, as systemd does: sd_notify(3).
package struct ServiceManager: Sendable {
    /// The datagram socket's path; `@` in the place of its first byte stands for one without a file.
    private let path: String
    /// How often the manager wants to hear that the daemon is alive; nil if it does not.
    package let watchdog: Duration?

    /// Nil if nobody wants to hear anything.
    ///
    /// - Parameters:
    ///   - environment: `NOTIFY_SOCKET`, and `WATCHDOG_USEC` with `WATCHDOG_PID`, sd_watchdog_enabled(3).
    ///   - processID: This process's; a watchdog of another one's is not ours.
    package init?(environment: [String: String], processID: Int32 = getpid()) {
        guard let path = environment["NOTIFY_SOCKET"], let first = path.first, path.utf8.count > 1,
            first == "/" || first == "@", path.utf8.count < UnixAddress.longestName
        else { return nil }
        self.path = path
        let isOurs = environment["WATCHDOG_PID"].map { $0 == "\(processID)" } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { UInt64($0) } ?? 0
        watchdog = isOurs && microseconds > 0 ? .microseconds(Int64(clamping: microseconds)) : nil
    }

    /// Tells the manager these assignments, all at once, for example `READY=1`. Nobody waits for it, and nothing depends on
    /// its being heard.
    package func notify(_ assignments: String...) {
        let message = Array(assignments.joined(separator: "\n").utf8)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var name = Array(path.utf8)
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        _ = unsafe UnixAddress(name).withPointer { address, length in
            unsafe sendto(
                descriptor, message, message.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT), address, length
            )
        }
    }
}
