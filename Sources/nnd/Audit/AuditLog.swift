import Dispatch
package import Logging
package import Store
import Synchronization

/// Notes who did what, behind the answers: nobody waits for it. What comes within a second is stored in one transaction,
/// so that a killed daemon may lose the last second of it.
package final class AuditLog: Sendable {
    /// Entries that wait at most; what comes on top is counted and told of in the log. Refusals, which anybody may bring about,
    /// leave half of the room to what was done.
    private static let most = (all: 1000, refusals: 500)
    /// Between two transactions.
    private static let pause = Duration.seconds(1)

    private struct State {
        var waiting: [AuditEntry] = []
        var lost = 0
        var writer: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let store: Store
    private let logger: Logger

    package init(store: Store, logger: Logger) {
        (self.store, self.logger) = (store, logger)
    }

    /// - Returns: Whether it is news, and not the same refusal again.
    @discardableResult
    package func add(_ entry: AuditEntry) -> Bool {
        state.withLock { state in
            if entry.isRefusal, let index = state.waiting.lastIndex(where: { entry.repeats($0) }) {
                state.waiting[index].count += entry.count
                state.waiting[index].at = entry.at
                return false
            }
            let most = entry.isRefusal ? Self.most.refusals : Self.most.all
            if state.waiting.count < most { state.waiting.append(entry) } else { state.lost += 1 }
            if state.writer == nil { state.writer = Task { await self.writeAll() } }
            return true
        }
    }

    /// Returns when all that was added is stored.
    package func flush() async {
        state.withLock { $0.writer }?.cancel()
        while let writer = state.withLock({ $0.writer }) { await writer.value }
    }

    private func writeAll() async {
        while let (batch, lost) = next() {
            do {
                try await store.note(batch)
            } catch {
                logger.error(
                    "what was done could not be noted",
                    metadata: ["entries": "\(batch.count)", "error": "\(error)"])
            }
            if lost > 0 { logger.error("too much to note", metadata: ["entries": "\(lost)"]) }
            // Cut short at the end of the daemon.
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// nil, and no writer any more, when nothing waits.
    private func next() -> (batch: [AuditEntry], lost: Int)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.writer = nil
                return nil
            }
            defer { (state.waiting, state.lost) = ([], 0) }
            return (state.waiting, state.lost)
        }
    }
}
