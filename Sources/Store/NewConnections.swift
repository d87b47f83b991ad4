import GRDB
import Synchronization

/// Whether a database may be connected to once more.
///
/// A pool that is closed gives reads that waited meanwhile connections of their own, and these would make a new log beside the
/// file.
final class NewConnections: Sendable {
    private let areRefused = Atomic(false)

    func refuse(_ areRefused: Bool) { self.areRefused.store(areRefused, ordering: .sequentiallyConsistent) }

    /// - Throws: What a read of a closed database throws.
    func check() throws {
        guard areRefused.load(ordering: .sequentiallyConsistent) else { return }
        throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "Connection is closed")
    }
}
