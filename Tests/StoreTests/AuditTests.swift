import Foundation
import Store
import Testing

@Suite("Who did what", .timeLimit(.minutes(15)))
struct AuditTests {
    private static let noon = Date(timeIntervalSince1970: 1_770_000_000)

    private func entry(
        _ path: String, uid: UInt32? = 1000, status: Int = 200, after seconds: Double = 0, count: Int = 1
    ) -> AuditEntry {
        AuditEntry(
            at: Self.noon.addingTimeInterval(seconds), uid: uid, pid: 7, method: "POST", path: path, job: 3,
            status: status, count: count)
    }

    @Test("entries come back as they were, the newest first")
    func roundTrip() async throws {
        let store = try Store.inMemory()
        let entries = [
            entry("/v1/jobs/3/stop"), entry("/v1/jobs/3/kill", uid: nil, status: 409, after: 1),
            AuditEntry(
                at: Self.noon.addingTimeInterval(2), uid: .max - 1, pid: nil, method: AuditEntry.connect,
                path: "",
                status: 403),
        ]
        try await store.note(entries)
        #expect(try await store.audit(limit: 10) == entries.reversed())
        #expect(try await store.audit(limit: 1) == [entries[2]])
        try await store.note([entry(String(repeating: "x", count: 10_000))])
        #expect(try await store.audit(limit: 1).first?.path.count == 200)
    }

    @Test("of many the newest are kept")
    func bounded() async throws {
        let store = try Store.inMemory()
        for part in 0..<10 {
            try await store.note((0..<10).map { entry("/\(part * 10 + $0)") }, keeping: 25)
            #expect(try await store.count("audit") == min(25, 10 * (part + 1)))
        }
        #expect(try await store.audit(limit: 100).map(\.path) == (75..<100).reversed().map { "/\($0)" })
    }

    @Test(
        "a storm of refusals is one entry, be it for a right, a token or another host's name",
        arguments: [401, 403, 421])
    func storm(status: Int) async throws {
        let store = try Store.inMemory()
        for second in 0..<100 {
            try await store.note([entry("", uid: nil, status: status, after: Double(second))])
        }
        #expect(try await store.audit(limit: 10).map(\.count) == [100])
    }

    @Test("the same refusal within an hour is counted, and everything else is an entry of its own")
    func refusals() async throws {
        let store = try Store.inMemory()
        for second in 0..<100 { try await store.note([entry("/a", status: 403, after: Double(second))]) }
        try await store.note([entry("/a", status: 403, after: 100, count: 900)])
        let only = try await store.audit(limit: 10)
        #expect(only == [entry("/a", status: 403, after: 100, count: 1000)])

        let others = [
            entry("/b", status: 403, after: 101), entry("/a", uid: 1001, status: 403, after: 102),
            entry("/a", status: 401, after: 103), entry("/a", uid: nil, status: 403, after: 104),
            entry("/a", status: 403, after: 3701), entry("/a", after: 3702), entry("/a", after: 3703),
        ]
        try await store.note(others)
        #expect(try await store.audit(limit: 100) == others.reversed() + only)
    }
}
