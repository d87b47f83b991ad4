import Store
import Testing

@Suite("Places in line, and jobs over which the daemon crashes", .timeLimit(.minutes(15)))
struct QueuePlaceTests {
    private func order(_ store: Store) async throws -> [Int] {
        try await store.jobs().sorted { $0.queuePlace < $1.queuePlace }.map(\.id)
    }

    @Test("jobs stand in the order in which somebody queued them, in a database that is opened again too")
    func order() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store(path: directory.database)
        for name in ["a", "b", "c"] { _ = try await store.makeJob(name) }
        #expect(try await order(store) == [1, 2, 3])
        for (job, state) in [(1, JobRecord.State.paused), (3, .stopped), (2, .failed)] {
            try await store.setState(state, of: job)
            try await store.setState(.queued, of: job)
        }
        #expect(try await order(store) == [1, 3, 2])
        try await store.setState(.running, of: 3)
        _ = try await store.makeJob("d")
        let checkpoint = try await store.commit(
            .small(step: 1), job: 3, state: .paused, retention: keepAll)
        try await store.resume(job: 3, from: checkpoint.id, acceptingChange: false)
        #expect(try await order(store) == [1, 2, 4, 3])
        try store.close()
        #expect(try await order(try Store(path: directory.database)) == [1, 2, 4, 3])
    }

    @Test("a job whose run ends by no wish of anybody's keeps its place")
    func keptPlaces() async throws {
        let store = try Store.inMemory()
        for name in ["a", "b", "c"] { _ = try await store.makeJob(name) }
        try await store.setState(.running, of: 1)
        try await store.setState(.queued, of: 1, reason: "shut down")
        try await store.setState(.running, of: 2)
        _ = try await store.recoverInterrupted()
        try await store.setState(.queued, of: 3, reason: "said again")
        #expect(try await order(store) == [1, 2, 3])
    }

    @Test(
        "a job that ran in three crashes in a row and came to nothing is paused; a resume begins a new count")
    func crashes() async throws {
        let store = try Store.inMemory()
        let job = try await store.makeJob()
        for crash in 1..<Store.mostCrashes {
            try await store.setState(.running, of: job)
            try await store.recordRun(
                job: job, dataFingerprint: "d1", instructionSet: "avx512", totalSteps: 7, shards: 4)
            let record = try #require(try await store.recoverInterrupted(afterCrash: true).first)
            #expect(record.state == .queued && record.crashes == crash)
            // A life that somebody ended by SIGKILL counts nothing, however many there are.
            for _ in 0..<5 {
                try await store.setState(.running, of: job)
                #expect(try await store.recoverInterrupted().map(\.crashes) == [crash])
            }
            // A life in which it did not run.
            #expect(try await store.recoverInterrupted().isEmpty)
        }
        try await store.setState(.running, of: job)
        let paused = try #require(try await store.recoverInterrupted(afterCrash: true).first)
        #expect(paused.state == .paused && paused.crashes == 0)
        #expect(paused.reason?.hasPrefix("the daemon crashed 3 times in a row while the job ran") == true)
        try await store.setState(.queued, of: job)
        try await store.setState(.running, of: job)
        #expect(try await store.recoverInterrupted().map(\.state) == [.queued])
    }

    @Test("a new checkpoint and an end as it should be begin the count of crashes again")
    func progress() async throws {
        let store = try Store.inMemory()
        let job = try await store.makeJob()
        for step in 1...5 {
            try await store.setState(.running, of: job)
            #expect(try await store.recoverInterrupted(afterCrash: true).map(\.crashes) == [1])
            try await store.setState(.running, of: job)
            if step.isMultiple(of: 2) {
                try await store.commit(.small(step: step), job: job, retention: keepAll)
            } else {
                try await store.setState(.queued, of: job, reason: "shut down")
            }
            #expect(try await store.job(id: job).crashes == 0)
            if step.isMultiple(of: 2) { try await store.setState(.queued, of: job) }
        }
    }
}
