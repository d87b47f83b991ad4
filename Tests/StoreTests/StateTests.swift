import GRDB
import Spec
import Store
import Testing

@Suite("States of jobs", .timeLimit(.minutes(15)))
struct StateTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    /// The ways from `queued` to each state.
    static let ways: [JobRecord.State: [JobRecord.State]] = [
        .queued: [], .running: [.running], .paused: [.paused], .succeeded: [.running, .succeeded],
        .failed: [.failed], .stopped: [.stopped],
    ]

    /// Every change that is allowed, beside saying a state again.
    static let legal: [JobRecord.State: Set<JobRecord.State>] = [
        .queued: [.running, .paused, .failed, .stopped],
        .running: [.queued, .paused, .succeeded, .failed, .stopped],
        .paused: [.queued, .stopped], .failed: [.queued], .stopped: [.queued], .succeeded: [],
    ]

    @Test("only legal changes happen", arguments: JobRecord.State.allCases, JobRecord.State.allCases)
    func transitions(from: JobRecord.State, to: JobRecord.State) async throws {
        let job = try await store.makeJob()
        for state in try #require(Self.ways[from]) { try await store.setState(state, of: job) }
        if from == to || Self.legal[from]?.contains(to) == true {
            let record = try await store.setState(to, of: job, reason: "asked")
            #expect(record.state == to)
            #expect(record.reason == "asked")
            #expect((record.finishedAt != nil) == [.succeeded, .failed, .stopped].contains(to))
        } else {
            let error = await #expect(throws: StoreError.self) { try await store.setState(to, of: job) }
            #expect(error?.code == .illegalTransition)
            #expect(try await store.job(id: job).state == from)
        }
    }

    @Test("the sentence for an illegal change says what is possible")
    func sentence() async throws {
        let job = try await store.makeJob()
        try await store.setState(.paused, of: job)
        let paused = await #expect(throws: StoreError.self) { try await store.setState(.succeeded, of: job) }
        #expect(
            paused?.description
                == "job 1 is paused and cannot become succeeded; it can become queued or stopped")
    }

    @Test("the first start is kept, the end goes when the job is queued again")
    func times() async throws {
        let job = try await store.makeRunningJob()
        let started = try #require(try await store.job(id: job).startedAt)
        #expect(try await store.setState(.stopped, of: job).finishedAt != nil)
        #expect(try await store.setState(.queued, of: job).finishedAt == nil)
        #expect(try await store.setState(.running, of: job).startedAt == started)
    }

    @Test(
        "restarts are counted with the state, and go with a new checkpoint and when somebody resumes the job"
    )
    func restarts() async throws {
        let job = try await store.makeRunningJob()
        #expect(try await store.setState(.queued, of: job, reason: "again", restarts: 2).restarts == 2)
        #expect(try await store.setState(.running, of: job).restarts == 2)
        #expect(try await store.recoverInterrupted().map(\.restarts) == [2])
        let checkpoint = try await store.commit(.small(step: 1), job: job, retention: keepAll).id
        #expect(try await store.job(id: job).restarts == 0)
        // The same checkpoint once more is no progress.
        try await store.setState(.running, of: job, restarts: 2)
        try await store.commit(.small(step: 1), job: job, retention: keepAll)
        #expect(try await store.setState(.paused, of: job).restarts == 2)
        #expect(try await store.resume(job: job, from: checkpoint, acceptingChange: false).restarts == 0)
    }

    @Test("a run records what it runs on")
    func run() async throws {
        let job = try await store.makeJob()
        let record = try await store.recordRun(
            job: job, dataFingerprint: "d1", instructionSet: "avx512", totalSteps: 7, shards: 4)
        #expect(record.state == .running)
        #expect(record.dataFingerprint == "d1" && record.instructionSet == "avx512" && record.totalSteps == 7)
        #expect(record.startedAt != nil)
    }

    @Test("interrupted jobs are queued in order, with where they go on")
    func recovery() async throws {
        let fresh = try await store.makeRunningJob("fresh")
        let paused = try await store.makeJob("paused")
        try await store.setState(.paused, of: paused)
        let far = try await store.makeRunningJob("far")
        try await store.commit(.small(step: 12), job: far, retention: keepAll)

        let recovered = try await store.recoverInterrupted()
        #expect(recovered.map(\.id) == [fresh, far])
        #expect(recovered.map(\.state) == [.queued, .queued])
        #expect(
            recovered.map(\.reason) == [
                "interrupted; resumes from the beginning",
                "interrupted; resumes from checkpoint 1 at step 12",
            ])
        #expect(try await store.job(id: paused).state == .paused)
        #expect(try await store.recoverInterrupted().isEmpty)
    }

    @Test("events are a log in order, of which a reader can ask for the rest")
    func events() async throws {
        let job = try await store.makeJob()
        try await store.setState(.paused, of: job, reason: "disk full")
        try await store.setState(.paused, of: job, reason: "disk full")
        try await store.log(.warning, "the data has changed", job: job)
        let events = try await store.events(job: job)
        #expect(events.map(\.kind) == [.created, .state, .warning])
        #expect(events[1].message == "paused: disk full")
        #expect(try await store.events(job: job, after: events[1].id) == [events[2]])
    }

    @Test("the schema itself refuses what no job can be")
    func constraints() async throws {
        let job = try await store.makeJob()
        for change in [
            "state = 'asleep'", "workers = 0", "workers = 'many'", "branch = 9", "name = '12'",
            "finished_at = 1", "spec_json = 'x'", "restarts = -1", "priority = 'high'",
        ] {
            await #expect(throws: (any Error).self, "\(change)") {
                try await store.database.write { db in
                    try db.execute(sql: "UPDATE jobs SET \(change) WHERE id = ?", arguments: [job])
                }
            }
        }
    }
}
