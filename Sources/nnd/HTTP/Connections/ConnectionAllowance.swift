import HummingbirdCore
import Synchronization

/// How many connections are served at once, which may change while the daemon runs; those above are told to come again.
package final class ConnectionAllowance: Sendable {
    /// Unless told otherwise.
    package static let usual = 1024

    private let count: Atomic<Int>

    package init(_ count: Int = ConnectionAllowance.usual) {
        self.count = Atomic(count)
    }

    package var most: Int {
        get { count.load(ordering: .relaxed) }
        set { count.store(newValue, ordering: .relaxed) }
    }
}

/// Accepts as many connections as are served, and those that are told that they are too many.
struct AcceptedConnections: AvailableConnectionsDelegate {
    let limits: ConnectionLimits
    private var count = 0

    init(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    mutating func connectionOpened() { count += 1 }

    mutating func connectionClosed() { count -= 1 }

    func isAcceptingNewConnections() -> Bool { count < limits.connections.most + limits.refusedAtOnce }
}
