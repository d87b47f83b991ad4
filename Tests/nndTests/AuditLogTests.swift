import Logging
import Store
import TestSupport
import Testing
import nnd

@Suite("The log of who did what", .timeLimit(.minutes(15)))
struct AuditLogTests {
    @Test("has room for what was done, however many are refused")
    func refusals() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let store = try Store(path: directory.file("nnd.sqlite"))
        let log = AuditLog(store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        // Each of another process that is refused something else.
        for number in 0..<5000 {
            log.add(AuditEntry(uid: 1001, pid: 1, method: "POST", path: "/\(number)", status: 403))
        }
        log.add(AuditEntry(uid: 1000, pid: 2, method: "DELETE", path: "/v1/jobs/3", job: 3, status: 204))
        await log.flush()
        #expect(try await store.audit(limit: 1).map(\.method) == ["DELETE"])
    }
}
