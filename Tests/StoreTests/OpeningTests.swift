import Foundation
import GRDB
import Store
import Testing

@Suite("Opening the database", .timeLimit(.minutes(15)))
struct OpeningTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func refusal() -> StoreError? {
        #expect(throws: StoreError.self) { try Store(path: directory.database) }
    }

    @Test("a new database and its companions belong to their owner alone")
    func permissions() async throws {
        let store = try Store(path: directory.database)
        _ = try await store.makeJob()
        for suffix in ["", "-wal", "-shm"] {
            #expect(try mode(directory.database + suffix) == 0o600)
        }
    }

    @Test("others' rights to an existing database are taken away")
    func tightened() throws {
        try Store(path: directory.database).close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: directory.database)
        try Store(path: directory.database).close()
        #expect(try mode(directory.database) == 0o600)
    }

    @Test("commits are durable and constraints are enforced")
    func settings() async throws {
        let store = try Store(path: directory.database)
        let settings = try await store.database.write { db in
            try ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"].map {
                try String.fetchOne(db, sql: "PRAGMA \($0)")
            }
        }
        #expect(settings == ["wal", "2", "1", "5000"])
    }

    @Test("what was written is there after reopening")
    func reopening() async throws {
        let first = try Store(path: directory.database)
        let job = try await first.makeJob()
        try first.close()
        let second = try Store(path: directory.database)
        #expect(try await second.job(id: job).name == "digits")
    }

    @Test("a closed database answers with an error")
    func closed() async throws {
        let store = try Store(path: directory.database)
        try store.close()
        await #expect(throws: StoreError.self) { try await store.jobs() }
    }

    @Test("no log lies beside a database that was closed while it was being read")
    func closedWhileRead() async throws {
        for round in 0..<20 {
            let store = try Store(path: directory.database)
            _ = try await store.makeJob("job-\(round)")
            let (firstReads, first) = AsyncStream<Void>.makeStream()
            let readers = (0..<3).map { _ in
                Task.detached {
                    while true {
                        _ = try await store.jobOutlines()
                        first.yield()
                    }
                }
            }
            for await _ in firstReads { break }
            try store.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["nnd.sqlite"])
            for reader in readers { await #expect(throws: StoreError.self) { try await reader.value } }
        }
    }

    @Test("a program that reads the database keeps nobody from opening it")
    func openedWhileRead() async throws {
        // As a daemon leaves it that was killed: the log is not empty.
        let killed = try Store(path: directory.database)
        _ = try await killed.makeJob("before")
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: directory.database, configuration: configuration)
        try await reader.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN")
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM jobs") == 1)
        }
        _ = try await killed.makeJob("after")

        let store = try Store(path: directory.database)
        #expect(try await store.jobs().map(\.name) == ["after", "before"])
        try await reader.writeWithoutTransaction { db in
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM jobs") == 1)
            try db.execute(sql: "COMMIT")
        }
    }

    @Test("a database of a later version is refused and keeps every byte")
    func newerVersion() async throws {
        let store = try Store(path: directory.database)
        try await store.database.write { db in try db.execute(sql: "PRAGMA user_version = 99") }
        try store.close()
        let before = try directory.bytes()

        let error = refusal()
        #expect(error?.code == .newerVersion)
        #expect(
            error?.description
                == "\(directory.database) has format 99, and this version of nnd knows formats up "
                + "to 6; run the newer nnd that wrote it or choose another state directory")
        #expect(try directory.bytes() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["nnd.sqlite"])
    }

    @Test("the header tells the version as soon as the store is open")
    func versionInHeader() throws {
        let store = try Store(path: directory.database)
        let header = DatabaseHeader(try directory.bytes())
        #expect(header?.userVersion == 6)
        #expect(header?.applicationID == 0x6E6E_6431)
        try store.close()
    }

    @Test("a later version that is only in the write-ahead log is refused too")
    func newerVersionInLog() async throws {
        // A pool that never comes to its end, as after a crash: its log stays where it is.
        let store = try Store(path: directory.database)
        try await store.database.write { db in try db.execute(sql: "PRAGMA user_version = 7") }
        let copy = try TemporaryDirectory()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: directory.database + suffix, toPath: copy.database + suffix)
        }
        #expect(DatabaseHeader(try copy.bytes())?.userVersion == 6)
        let error = #expect(throws: StoreError.self) { try Store(path: copy.database) }
        #expect(error?.code == .newerVersion)
        try store.close()
    }

    @Test(
        "a file that is not SQLite is refused and keeps every byte",
        arguments: ["x", "SQLite format 3", String(repeating: "name: fashion-mlp\n", count: 50)])
    func notSQLite(text: String) throws {
        try directory.write(Data(text.utf8))
        let error = refusal()
        #expect(error?.code == .notADatabase)
        #expect(error?.description.contains("is not an SQLite database") == true)
        #expect(try directory.bytes() == Data(text.utf8))
    }

    @Test("another program's database is refused and keeps every byte")
    func foreign() throws {
        try DatabaseQueue(path: directory.database).write { db in
            try db.execute(sql: "CREATE TABLE bookmarks (url TEXT)")
        }
        let before = try directory.bytes()
        let error = refusal()
        #expect(error?.code == .notADatabase)
        #expect(error?.description.contains("another program's database") == true)
        #expect(try directory.bytes() == before)
    }

    @Test("creation that was cut short is finished", arguments: [0, 1])
    func interruptedCreation(stage: Int) async throws {
        try directory.write(Data())
        if stage == 1 {
            try await DatabaseQueue(path: directory.database).write { db in
                try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            }
        }
        let store = try Store(path: directory.database)
        #expect(try await store.makeJob() == 1)
    }

    @Test("a missing directory, a directory and a file in the way each get a sentence")
    func unopenable() throws {
        let missing = #expect(throws: StoreError.self) { try Store(path: directory.path + "/no/nnd.sqlite") }
        #expect(missing?.code == .cannotOpen)
        #expect(
            missing?.description.hasSuffix("there is no directory \(directory.path)/no; create it first")
                == true)

        let isDirectory = #expect(throws: StoreError.self) { try Store(path: directory.path) }
        #expect(isDirectory?.code == .cannotOpen)
        #expect(isDirectory?.description.contains("it is a directory") == true)

        try directory.write(Data())
        let inTheWay = #expect(throws: StoreError.self) {
            try Store(path: directory.database + "/nnd.sqlite")
        }
        #expect(inTheWay?.code == .cannotOpen)
        #expect(inTheWay?.description.contains("is not a directory") == true)
    }

    @Test("a file that may not be written is refused", .enabled(if: geteuid() != 0, "root may write all"))
    func unwritable() throws {
        try directory.write(Data())
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: directory.database)
        #expect(refusal()?.code == .permissionDenied)
    }
}
