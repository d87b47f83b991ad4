import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Branches", .timeLimit(.minutes(15)))
struct BranchTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    /// Commits a checkpoint with one value that tells which branch measured it.
    @discardableResult
    private func commit(_ step: Int, _ loss: Double, job: Int, keep: Int = 1000) async throws -> Int {
        try await store.commit(
            .small(step: step, metrics: [("loss", loss)]), job: job, retention: CheckpointSpec(keepLast: keep)
        ).id
    }

    private func curve(_ job: Int, since: Int? = nil) async throws -> [String] {
        try await store.metrics(job: job, since: since).map { "\($0.step):\($0.value)" }
    }

    @Test("curves follow the branch and its ancestors up to each fork")
    func curves() async throws {
        let job = try await store.makeJob()
        let first = try await commit(10, 1, job: job)
        let second = try await commit(20, 1, job: job)
        try await commit(30, 1, job: job)

        #expect(try await store.beginBranch(job: job, from: second).branch == 2)
        #expect(try await curve(job) == ["10:1.0", "20:1.0"])
        let third = try await commit(25, 2, job: job)
        try await commit(35, 2, job: job)
        #expect(try await curve(job) == ["10:1.0", "20:1.0", "25:2.0", "35:2.0"])

        try await store.beginBranch(job: job, from: third)
        try await commit(30, 3, job: job)
        #expect(try await curve(job) == ["10:1.0", "20:1.0", "25:2.0", "30:3.0"])
        #expect(try await curve(job, since: 20) == ["25:2.0", "30:3.0"])

        // From before every fork so far.
        try await store.beginBranch(job: job, from: first)
        try await commit(11, 4, job: job)
        #expect(try await curve(job) == ["10:1.0", "11:4.0"])
    }

    @Test("a step that two branches measured has the younger one's value")
    func shadowing() async throws {
        let job = try await store.makeJob()
        let fork = try await commit(10, 1, job: job)
        try await commit(20, 1, job: job)
        try await store.beginBranch(job: job, from: fork)
        try await commit(10, 2, job: job)
        #expect(try await curve(job) == ["10:2.0"])
    }

    @Test("curves outlive the checkpoint that a branch began from")
    func forkLetGo() async throws {
        let job = try await store.makeJob()
        let fork = try await commit(10, 1, job: job)
        try await commit(20, 1, job: job)
        try await store.beginBranch(job: job, from: fork)
        try await commit(15, 2, job: job, keep: 1)
        #expect(try await store.checkpoints(job: job).map(\.step) == [15])
        #expect(try await curve(job) == ["10:1.0", "15:2.0"])
    }

    @Test("a branch without checkpoints goes on from where it began")
    func lastCheckpoint() async throws {
        let job = try await store.makeRunningJob()
        let fork = try await commit(10, 1, job: job)
        try await commit(20, 1, job: job)
        try await store.beginBranch(job: job, from: fork)
        #expect(try await store.jobs().first?.lastCheckpoint?.id == fork)
        #expect(try await store.latestValidSnapshot(job: job)?.checkpoint.id == fork)
        let recovered = try await store.recoverInterrupted()
        #expect(recovered.map(\.reason) == ["interrupted; resumes from checkpoint \(fork) at step 10"])
        #expect(recovered.map(\.branch) == [2])
    }

    @Test("the newest checkpoint needs no branch")
    func newest() async throws {
        let job = try await store.makeJob()
        #expect(try await store.beginBranch(job: job, from: nil).branch == 1)
        let last = try await commit(10, 1, job: job)
        #expect(try await store.beginBranch(job: job, from: last).branch == 1)
        #expect(try await store.count("branches") == 1)
    }

    @Test("a change that is accepted begins a branch even from the newest checkpoint, and lasts")
    func acceptedChange() async throws {
        let job = try await store.makeRunningJob()
        let last = try await commit(10, 1, job: job)
        let branched = try await store.beginBranch(job: job, from: last, acceptingChange: true)
        #expect(branched.branch == 2)
        #expect(branched.dataFingerprint == nil && branched.instructionSet == nil)
        #expect(branched.lastCheckpoint?.id == last)
        #expect(branched.revisions.map(\.changes) == [["other data or instruction set"]])
        #expect(branched.revisions.map(\.branch) == [2])
        #expect(try await store.job(id: job) == branched)
        #expect(try await curve(job) == ["10:1.0"])
    }

    @Test("a branch without a change keeps what the last run used")
    func unchanged() async throws {
        let job = try await store.makeRunningJob()
        let fork = try await commit(10, 1, job: job)
        try await commit(20, 1, job: job)
        let branched = try await store.beginBranch(job: job, from: fork)
        #expect(branched.dataFingerprint == "d1" && branched.instructionSet == "avx2")
    }

    @Test("a branch from the beginning has no past")
    func fromTheBeginning() async throws {
        let job = try await store.makeJob()
        try await commit(10, 1, job: job)
        #expect(try await store.beginBranch(job: job, from: nil).branch == 2)
        #expect(try await store.job(id: job).lastCheckpoint == nil)
        #expect(try await curve(job).isEmpty)
        try await commit(5, 2, job: job)
        #expect(try await curve(job) == ["5:2.0"])
    }

    @Test("a branch cannot go back behind its fork, nor begin at another job's checkpoint")
    func limits() async throws {
        let job = try await store.makeJob("a")
        let other = try await store.makeJob("b")
        let fork = try await commit(10, 1, job: job)
        try await commit(20, 1, job: job)
        let foreign = try await commit(5, 1, job: other)
        try await store.beginBranch(job: job, from: fork)
        let behind = await #expect(throws: StoreError.self) { try await commit(9, 2, job: job) }
        #expect(behind?.code == .conflict)
        let error = await #expect(throws: StoreError.self) {
            try await store.beginBranch(job: job, from: foreign)
        }
        #expect(error?.code == .noSuchCheckpoint)
        #expect(error?.description == "checkpoint \(foreign) is of job 2, not of job 1")
        let unknown = await #expect(throws: StoreError.self) {
            try await store.beginBranch(job: job, from: 99)
        }
        #expect(unknown?.code == .noSuchCheckpoint)
    }

    @Test("metrics keep infinities and NaN")
    func notNumbers() async throws {
        let job = try await store.makeJob()
        try await commit(1, .nan, job: job)
        try await commit(2, -.infinity, job: job)
        let values = try await store.metrics(job: job).map(\.value)
        #expect(values.count == 2)
        #expect(values.first?.isNaN == true)
        #expect(values.last == -.infinity)
    }

    @Test("a job is queued and put on its branch at once, or neither")
    func resumed() async throws {
        let job = try await store.makeRunningJob()
        let fork = try await commit(10, 1, job: job)
        try await commit(20, 1, job: job)
        try await store.setState(.paused, of: job)
        let resumed = try await store.resume(job: job, from: fork, acceptingChange: false)
        #expect(resumed.state == .queued && resumed.branch == 2 && resumed.lastCheckpoint?.id == fork)

        try await store.setState(.running, of: job)
        try await commit(15, 2, job: job)
        try await store.setState(.succeeded, of: job)
        let error = await #expect(throws: StoreError.self) {
            try await store.resume(job: job, from: fork, acceptingChange: true)
        }
        #expect(error?.code == .illegalTransition)
        let after = try await store.job(id: job)
        #expect(after.branch == 2 && after.dataFingerprint == "d1")
        #expect(try await store.count("branches") == 2)
    }

    @Test("branches that go round in a circle in a damaged database do not keep anybody for ever")
    func circle() async throws {
        let job = try await store.makeJob()
        let fork = try await commit(10, 1, job: job)
        try await store.beginBranch(job: job, from: fork, acceptingChange: true)
        let last = try await commit(20, 2, job: job)
        try await store.database.write { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: "UPDATE branches SET parent_branch = 2 WHERE number = 2")
        }
        #expect(try await store.job(id: job).lastCheckpoint?.id == last)
        #expect(try await store.latestValidSnapshot(job: job)?.checkpoint.id == last)
        #expect(try await curve(job) == ["20:2.0"])
    }

    @Test("a branch whose checkpoint is gone does not begin from the beginning without a word")
    func lostFork() async throws {
        let store = try Store.inMemory()
        let job = try await store.makeJob()
        let first = try await store.commit(.small(step: 1), job: job, retention: keepAll)
        let second = try await store.commit(.small(step: 2), job: job, retention: keepAll)
        try await store.beginBranch(job: job, from: first.id)
        try await store.database.write { db in
            try db.execute(sql: "DELETE FROM checkpoints WHERE id = ?", arguments: [first.id])
        }
        let error = await #expect(throws: StoreError.self) { try await store.latestValidSnapshot(job: job) }
        #expect(error?.code == .damaged)
        #expect(error?.description.hasSuffix("by its id, for example \(second.id)") == true)
        // Whoever names a checkpoint goes on from there.
        try await store.beginBranch(job: job, from: second.id)
        #expect(try await store.latestValidSnapshot(job: job)?.checkpoint == second)
    }
}
