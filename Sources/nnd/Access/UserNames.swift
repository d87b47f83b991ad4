package import Glibc
import Synchronization

/// The names of users, each asked for once: the answer may come from a directory service far away.
package final class UserNames: Sendable {
    private let known = Mutex<[uid_t: String?]>([:])

    package init() {}

    /// nil where the system knows no name.
    package func name(of uid: uid_t) async -> String? {
        if let known = known.withLock({ $0[uid] }) { return known }
        let name = try? await BlockingWork.run { Self.lookUp(uid) }
        known.withLock { $0[uid] = .some(name ?? nil) }
        return name ?? nil
    }

    /// `user alice (uid 1000)`.
    func text(of uid: uid_t) async -> String {
        await name(of: uid).map { "user \($0) (uid \(uid))" } ?? "uid \(uid)"
    }

    private static func lookUp(_ uid: uid_t) -> String? {
        var (entry, found) = unsafe (passwd(), UnsafeMutablePointer<passwd>?.none)
        var text = [CChar](repeating: 0, count: 1 << 14)
        guard unsafe getpwuid_r(uid, &entry, &text, text.count, &found) == 0, unsafe found != nil,
            let name = unsafe entry.pw_name
        else { return nil }
        return withExtendedLifetime(text) { unsafe String(cString: name) }
    }
}
