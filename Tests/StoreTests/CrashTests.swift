import Foundation
import GRDB
import Parallel
import Spec
import Store
import Testing

/// A child process commits and is killed; the parent looks at what it left.
@Suite("Crashes", .serialized, .timeLimit(.minutes(15)))
struct CrashTests {
    private func checkLastCheckpoint(_ path: String, isAtLeast step: Int) async throws -> Int {
        let store = try Store(path: path)
        #expect(try await store.integrity() == "ok")
        let recovered = try await store.recoverInterrupted()
        let job = try #require(recovered.first)
        let restored = try #require(try await store.latestValidSnapshot(job: job.id))
        #expect(restored.damaged.isEmpty)
        let reached = restored.checkpoint.step
        #expect(reached >= step)
        #expect(restored.snapshot == TrainingSnapshot.sample(step: reached))
        #expect(
            job.reason == "interrupted; resumes from checkpoint \(restored.checkpoint.id) at step \(reached)")
        // Retention and orphaned chunks: two checkpoints of four chunks.
        #expect(try await store.count("checkpoints") == min(reached, 2))
        #expect(try await store.count("chunks") == 4 * min(reached, 2))
        return reached
    }

    @Test("killed inside a transaction, all of it written and nothing committed")
    func insideTransaction() async throws {
        let directory = try TemporaryDirectory()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = directory.database as String] in
            let store = try Store(path: path)
            let job = try await store.makeRunningJob()
            let retention = CheckpointSpec(keepLast: 2)
            for step in 1...3 { try await store.commit(.sample(step: step), job: job, retention: retention) }
            try await store.database.writeWithoutTransaction { db in
                db.add(
                    function: DatabaseFunction("die", argumentCount: 0) { _ in
                        kill(getpid(), SIGKILL)
                        return nil
                    })
                // The log line is the last that a commit writes.
                try db.execute(
                    sql: """
                        CREATE TEMP TRIGGER die AFTER INSERT ON main.events WHEN NEW.kind = 'checkpoint'
                        BEGIN SELECT die(); END
                        """)
            }
            try await store.commit(.sample(step: 4), job: job, retention: retention)
        }
        #expect(try await checkLastCheckpoint(directory.database, isAtLeast: 3) == 3)
    }

    @Test("killed at any moment, what was acknowledged is there", arguments: [1, 2, 5])
    func anyMoment(acknowledged: Int) async throws {
        let directory = try TemporaryDirectory()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = directory.database as String, acknowledged = acknowledged as Int] in
            let store = try Store(path: path)
            let job = try await store.makeRunningJob()
            for step in 1...1000 {
                try await store.commit(.sample(step: step), job: job, retention: CheckpointSpec(keepLast: 2))
                // A thread of its own, so that the signal falls into one of the commits that follow.
                if step == acknowledged { Thread.detachNewThread { kill(getpid(), SIGKILL) } }
            }
        }
        _ = try await checkLastCheckpoint(directory.database, isAtLeast: acknowledged)
    }
}
