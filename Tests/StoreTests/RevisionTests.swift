import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Revisions of a spec", .timeLimit(.minutes(15)))
struct RevisionTests {
    let store: Store
    let spec: JobSpec

    init() throws {
        store = try Store.inMemory()
        spec = try JobSpec(
            yaml: """
                data: {train: {csv: {path: /d.csv, label: y}}}
                model: {input: [2], layers: [{dense: {units: 1}}]}
                loss: mean_squared_error
                optimizer: {adam: {learning_rate: 0.001}}
                training: {epochs: 2}
                """)
    }

    /// A paused job with a checkpoint at step 10, trained with 2 shards that its spec does not name.
    private func pausedJob() async throws -> Int {
        let job = try await store.createJob(
            name: "digits", ifTaken: .refuse, specJSON: spec.canonicalJSON, workers: .auto
        ).id
        try await store.recordRun(
            job: job, dataFingerprint: "d1", instructionSet: "avx2", totalSteps: 1000, shards: 2)
        try await store.commit(.small(step: 10), job: job, state: .paused, retention: keepAll)
        return job
    }

    private func revision(_ change: String, shards: Int = 2) throws -> SpecRevision {
        SpecRevision(
            spec: try JobSpec(yaml: spec.canonicalJSON, overrides: [change]), changes: [change],
            checkpoint: 1,
            totalSteps: 500, shards: shards)
    }

    @Test("a revision replaces the spec, begins a branch even from the last checkpoint, and queues the job")
    func revised() async throws {
        let job = try await pausedJob()
        let after = try await store.resume(
            job: job, as: revision("optimizer.adam.learning_rate=0.5"))
        #expect(after.state == .queued && after.branch == 2 && after.totalSteps == 500)
        #expect(after.lastCheckpoint?.id == 1)
        #expect(try after.spec().optimizer == .adam(AdamSpec(learningRate: 0.5)))
        #expect(after.revisions.map(\.number) == [1] && after.revisions.map(\.branch) == [2])
        #expect(after.revisions.first?.changes == ["optimizer.adam.learning_rate=0.5"])
        let messages = try await store.events(job: job).filter { $0.kind == .branch }.map(\.message)
        #expect(
            messages == [
                "branch 2 from checkpoint 1 at step 10, revision 1: optimizer.adam.learning_rate=0.5"
            ])
        #expect(try await store.jobs().first == after)

        try await store.endAndDelete(job)
        #expect(try await store.count("revisions") == 0)
    }

    @Test("the spec of an older branch is told, with the shards that were in force")
    func specsOfBranches() async throws {
        let job = try await pausedJob()
        try await store.resume(job: job, as: revision("training.shards=4", shards: 4))
        try await store.setState(.paused, of: job)
        try await store.beginBranch(job: job, from: nil)
        try await store.resume(job: job, as: revision("optimizer.adam.learning_rate=0.5"))

        let shards = [2, 4, 4, 2]
        for branch in 1...4 {
            #expect(try await store.spec(job: job, branch: branch).training.shards == shards[branch - 1])
        }
        #expect(try await store.spec(job: job, branch: 3).optimizer == spec.optimizer)
        #expect(try await store.job(id: job).revisions.map(\.branch) == [2, 4])
    }

    @Test("a job that may not be queued stays as it was")
    func refused() async throws {
        let job = try await pausedJob()
        try await store.setState(.queued, of: job)
        try await store.recordRun(
            job: job, dataFingerprint: "d1", instructionSet: "avx2", totalSteps: 1000, shards: 2)
        try await store.setState(.succeeded, of: job)
        let before = try await store.job(id: job)
        let error = await #expect(throws: StoreError.self) {
            try await store.resume(job: job, as: revision("optimizer.adam.learning_rate=0.5"))
        }
        #expect(error?.code == .illegalTransition)
        #expect(try await store.job(id: job) == before)
        #expect(try await store.count("revisions") == 0)
        #expect(try await store.count("branches") == 1)
    }

    @Test("a stored spec that does not match its hash is damage, and says so")
    func damagedSpec() async throws {
        let job = try await pausedJob()
        try await store.database.write { db in
            try db.execute(sql: "UPDATE jobs SET spec_json = replace(spec_json, '0.001', '0.002')")
        }
        let record = try await store.job(id: job)
        let error = #expect(throws: StoreError.self) { try record.spec() }
        #expect(error?.code == .damaged)
        #expect(error?.description.contains("the stored spec of job `digits` is damaged") == true)
        await #expect(throws: StoreError.self) {
            try await store.resume(job: job, as: revision("optimizer.adam.learning_rate=0.5"))
        }
        #expect(try await store.job(id: job) == record)
    }
}
