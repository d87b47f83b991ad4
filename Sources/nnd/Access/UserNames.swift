import Files
package import Glibc
import Synchronization

/// The names of users, each asked for until it is known: the answer may come from a directory service far away.
package final class UserNames: Sendable {
    private let known = Mutex<[uid_t: String]>([:])

    package init() {}

    /// nil where the system knows no name.
    package func name(of uid: uid_t) async -> String? {
        if let known = known.withLock({ $0[uid] }) { return known }
        // One that is not found may be found later: the service may have been away.
        guard let name = try? await BlockingWork.run({ FileUser.name(of: uid) }) else { return nil }
        known.withLock { $0[uid] = name }
        return name
    }

    /// `user alice (uid 1000)`.
    func text(of uid: uid_t) async -> String {
        await name(of: uid).map { "user \($0) (uid \(uid))" } ?? "uid \(uid)"
    }
}
