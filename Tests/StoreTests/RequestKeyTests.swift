import Foundation
import GRDB
import Spec
import Store
import Testing

@Suite("Requests that come twice", .timeLimit(.minutes(15)))
struct RequestKeyTests {
    let request = Data("the request".utf8)

    private func make(
        _ store: Store, _ key: RequestKey?, _ name: String = "digits"
    ) async throws -> (record: JobRecord, isNew: Bool) {
        try await store.createJob(
            name: name, ifTaken: .number, specJSON: "{}", workers: .auto, once: key)
    }

    @Test("the same request makes one job, also after the database was closed")
    func sameRequest() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store(path: directory.database)
        let key = RequestKey("a key", request: request)
        #expect(try await store.job(madeBy: key) == nil)
        let first = try await make(store, key)
        #expect(first.isNew)
        try store.close()

        let later = try Store(path: directory.database)
        #expect(try await later.job(madeBy: key) == first.record)
        let second = try await make(later, key)
        #expect(!second.isNew && second.record == first.record)
        #expect(try await later.jobs() == [first.record])
        #expect(try await make(later, RequestKey("another", request: request)).isNew)
        #expect(try await make(later, nil).isNew)
        #expect(try await later.jobs().map(\.name) == ["digits-3", "digits-2", "digits"])
    }

    @Test("the key of another request is refused, and nothing is made")
    func otherRequest() async throws {
        let store = try Store.inMemory()
        _ = try await make(store, RequestKey("a key", request: request))
        let other = RequestKey("a key", request: Data("another request".utf8))
        let error = await #expect(throws: StoreError.self) { try await make(store, other) }
        #expect(error?.code == .keyReused)
        #expect(
            error?.description
                == "another request, which made job 1, had the key `a key` already; take a new key for each request"
        )
        await #expect(throws: StoreError.self) { try await store.job(madeBy: other) }
        #expect(try await store.jobs().count == 1)
    }

    @Test("two users may choose the same key")
    func users() async throws {
        let store = try Store.inMemory()
        let first = try await make(store, RequestKey("a key", from: 1000, request: request))
        let second = try await make(store, RequestKey("a key", from: 1001, request: Data("another".utf8)))
        #expect(first.isNew && second.isNew)
        #expect(try await make(store, RequestKey("1000:a key", request: request)).isNew)
        let again = try await make(store, RequestKey("a key", from: 1000, request: request))
        #expect(!again.isNew && again.record == first.record)
    }

    @Test("many at once make one job")
    func together() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store(path: directory.database)
        let key = RequestKey("a key", request: request)
        let made = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let made = try await self.make(store, key)
                    return (made.record.id, made.isNew)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(made.allSatisfy { $0.0 == 1 } && made.filter(\.1).count == 1)
    }

    @Test("the key of a job that was removed makes no other")
    func removedJob() async throws {
        let store = try Store.inMemory()
        let key = RequestKey("a key", request: request)
        let job = try await make(store, key).record.id
        try await store.endAndDelete(job)
        let error = await #expect(throws: StoreError.self) { try await make(store, key) }
        #expect(error?.code == .conflict)
        #expect(try await store.jobs().isEmpty)
    }

    @Test("a day later the key is a new one")
    func dayLater() async throws {
        let store = try Store.inMemory()
        let key = RequestKey("a key", request: request)
        _ = try await make(store, key)
        try await store.database.write { db in
            try db.execute(sql: "UPDATE idempotency SET created_at = created_at - 86400000")
        }
        #expect(try await store.job(madeBy: key) == nil)
        #expect(try await make(store, key).record.id == 2)
        let keys = try await store.database.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM idempotency")
        }
        #expect(keys == 1)
    }
}
