import GRDB
import Parallel
import Spec
import Store
import Synchronization
import Testing

@Suite("Jobs", .timeLimit(.minutes(15)))
struct JobTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    @Test("a new job is queued, on branch 1, with the hash of its spec")
    func creation() async throws {
        let job = try await store.createJob(
            name: "digits", ifTaken: .refuse, specJSON: "{}", workers: .count(3), priority: -7, totalSteps: 40
        )
        #expect(job.state == .queued)
        #expect(job.branch == 1)
        #expect(job.workers == .count(3) && job.priority == -7 && job.restarts == 0)
        #expect(job.totalSteps == 40)
        #expect(job.specJSON == "{}")
        #expect(job.specHash == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
        #expect(job.startedAt == nil && job.finishedAt == nil && job.lastCheckpoint == nil)
        #expect(try await store.job("digits") == job)
        #expect(try await store.job("\(job.id)") == job)
        #expect(try await store.events(job: job.id).map(\.message) == ["created as `digits`"])
    }

    @Test("the outlines of all jobs say what the jobs say, oldest first")
    func outlines() async throws {
        _ = try await store.makeRunningJob("b")
        _ = try await store.createJob(
            name: "a", ifTaken: .refuse, specJSON: "{}", workers: .count(3), priority: -7, totalSteps: 40)
        try await store.setState(.paused, of: 2, reason: "x", restarts: 4)
        let outlines = try await store.jobOutlines()
        #expect(outlines == [JobOutline(try await store.job(id: 1)), JobOutline(try await store.job(id: 2))])
        #expect(outlines[1].name == "a" && outlines[1].state == .paused && outlines[1].restarts == 4)
        #expect(
            outlines[1].workers == .count(3) && outlines[1].priority == -7 && outlines[0].workers != .count(3)
        )
    }

    @Test("a name from the spec that is taken gets the first free number")
    func numberedNames() async throws {
        for expected in ["a", "a-2", "a-3"] {
            let job = try await store.createJob(name: "a", ifTaken: .number, specJSON: "{}", workers: .auto)
            #expect(job.name == expected)
        }
        try await store.endAndDelete(2)
        let job = try await store.createJob(name: "a", ifTaken: .number, specJSON: "{}", workers: .auto)
        #expect(job.name == "a-2")
        #expect(job.id == 4, "ids are not used twice")
    }

    @Test("a name that the user asked for and that is taken is an error")
    func takenName() async throws {
        _ = try await store.makeJob("a")
        let error = await #expect(throws: StoreError.self) { try await store.makeJob("a") }
        #expect(error?.code == .nameTaken)
        #expect(error?.description == "job 1 is named `a` already; choose another name")
    }

    @Test("names that the command line could not use are refused", arguments: ["", "12", "a b", "ä", "a/b"])
    func invalidNames(name: String) async throws {
        let error = await #expect(throws: StoreError.self) { try await store.makeJob(name) }
        #expect(error?.code == .invalidName)
        #expect(try await store.jobs().isEmpty)
    }

    @Test("a reference to no job is an error", arguments: ["2", "nobody", "", "99999999999999999999", "-1"])
    func unknownReference(reference: String) async throws {
        _ = try await store.makeJob()
        let error = await #expect(throws: StoreError.self) { try await store.job(reference) }
        #expect(error?.code == .noSuchJob)
    }

    @Test("the list is newest first, each job with its own last checkpoint")
    func list() async throws {
        for name in ["a", "b", "c"] { _ = try await store.makeJob(name) }
        try await store.commit(.small(step: 4), job: 1, retention: keepAll)
        try await store.commit(.small(step: 6), job: 3, retention: keepAll)
        try await store.commit(.small(step: 8), job: 1, retention: keepAll)
        let jobs = try await store.jobs()
        #expect(jobs.map(\.name) == ["c", "b", "a"])
        #expect(jobs.map { $0.lastCheckpoint?.step } == [6, nil, 8])
        #expect(jobs.map { $0.lastCheckpoint?.id } == [2, nil, 3])
    }

    @Test("the list takes one query, however many jobs there are")
    func noQueryPerJob() async throws {
        for number in 1...5 {
            let job = try await store.makeJob("job-\(number)")
            try await store.commit(.small(step: 1), job: job, retention: keepAll)
        }
        let queries = Counter()
        try await store.database.write { db in
            db.trace { event in
                if case .statement(let statement) = event, statement.sql.contains("FROM jobs") {
                    queries.increment()
                }
            }
        }
        #expect(try await store.jobs().count == 5)
        #expect(queries.count == 1)
    }

    @Test("a deleted job leaves nothing behind and takes nothing from others")
    func deletion() async throws {
        let first = try await store.makeJob("a")
        let second = try await store.makeJob("b")
        for job in [first, second] {
            try await store.commit(.small(step: 2, metrics: [("loss", 1)]), job: job, retention: keepAll)
        }
        try await store.beginBranch(job: first, from: nil)
        try await store.commit(.small(step: 3, metrics: [("loss", 1)]), job: first, retention: keepAll)
        let fork = try #require(try await store.checkpoints(job: first).last)
        try await store.beginBranch(job: first, from: fork.id)

        try await store.endAndDelete(first)
        #expect(try await store.integrity() == "ok")
        for table in ["jobs", "branches", "checkpoints", "metrics"] {
            #expect(try await store.count(table) == 1, "\(table)")
        }
        #expect(try await store.count("chunks") == 2)
        let left = try #require(try await store.latestValidSnapshot(job: second))
        #expect(left.snapshot == TrainingSnapshot.small(step: 2))
    }

    @Test("only a job that has ended can be deleted")
    func deletionBeforeTheEnd() async throws {
        let job = try await store.makeRunningJob()
        for state in [JobRecord.State.running, .queued, .paused] {
            try await store.setState(state, of: job)
            let error = await #expect(throws: StoreError.self) { try await store.deleteJob(job) }
            #expect(error?.description == "job 1 is \(state.rawValue); stop it before removing it")
        }
        #expect(try await store.count("jobs") == 1)
    }

    @Test("the wanted number of workers is kept and logged once")
    func workers() async throws {
        let job = try await store.makeJob()
        #expect(try await store.setWorkers(.count(2), of: job).workers == .count(2))
        #expect(try await store.setWorkers(.count(2), of: job).workers == .count(2))
        #expect(try await store.setWorkers(.auto, of: job).workers == .auto)
        let messages = try await store.events(job: job).filter { $0.kind == .workers }.map(\.message)
        #expect(messages == ["2, was auto", "auto, was 2"])
    }
}

private final class Counter: Sendable {
    private let mutex = Mutex(0)
    var count: Int { mutex.withLock(\.self) }
    func increment() { mutex.withLock { $0 += 1 } }
}
