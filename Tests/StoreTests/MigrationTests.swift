import GRDB
import Parallel
import Store
import Testing

@Suite("Databases of earlier versions", .timeLimit(.minutes(15)))
struct MigrationTests {
    @Test("a checkpoint of version 1, before jobs watched metrics, is whole and watches nothing")
    func version1() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store(path: directory.database)
        let job = try await store.makeJob()
        var snapshot = TrainingSnapshot.small(step: 3)
        snapshot.monitors = TrainingMonitors()
        let record = try await store.commit(snapshot, job: job, retention: keepAll)
        // What versions 2 to 6 added, taken away again.
        try await store.database.write { db in
            try db.execute(
                sql: """
                    ALTER TABLE checkpoints DROP COLUMN monitors_json;
                    ALTER TABLE checkpoints DROP COLUMN pinned;
                    ALTER TABLE jobs DROP COLUMN shards;
                    ALTER TABLE jobs DROP COLUMN priority;
                    ALTER TABLE jobs DROP COLUMN restarts;
                    ALTER TABLE jobs DROP COLUMN owner_uid;
                    DROP INDEX jobs_by_queue_place;
                    ALTER TABLE jobs DROP COLUMN queue_place;
                    ALTER TABLE jobs DROP COLUMN crashes;
                    DROP TABLE revisions;
                    DROP TABLE idempotency;
                    DROP TABLE audit;
                    DROP TABLE scalings;
                    DROP TABLE sample_names;
                    DELETE FROM grdb_migrations WHERE identifier IN ('v2', 'v3', 'v4', 'v5', 'v6');
                    PRAGMA user_version = 1;
                    """)
        }
        try store.close()
        let later = try Store(path: directory.database)
        #expect(try await later.snapshot(checkpoint: record.id) == snapshot)
        let version = try await later.database.read { db in
            try Int.fetchOne(db, sql: "PRAGMA user_version")
        }
        #expect(version == 6)
        let upgraded = try await later.job(id: job)
        #expect(upgraded.priority == 0 && upgraded.restarts == 0 && upgraded.owner == nil)
        #expect(upgraded.crashes == 0 && upgraded.queuePlace == job)
    }

    @Test("monitors are covered by the checkpoint's hash")
    func damagedMonitors() async throws {
        let store = try Store.inMemory()
        let job = try await store.makeJob()
        let record = try await store.commit(.small(step: 3), job: job, retention: keepAll)
        try await store.database.write { db in
            try db.execute(sql: "UPDATE checkpoints SET monitors_json = '{}'")
        }
        let error = await #expect(throws: StoreError.self) {
            try await store.snapshot(checkpoint: record.id)
        }
        #expect(error?.code == .damaged)
    }
}
