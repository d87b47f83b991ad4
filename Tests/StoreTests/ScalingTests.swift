import Datasets
import GRDB
import Parallel
import Store
import Testing

@Suite("Scalings", .timeLimit(.minutes(15)))
struct ScalingTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    private let fitted = ScalingSnapshot(.standardize(means: [0.1, -2], deviations: [3, 0]))
    private let divided = ScalingSnapshot(.divide(by: 255))

    private func run(_ job: Int, _ scaling: ScalingSnapshot) async throws {
        try await store.recordRun(
            job: job, dataFingerprint: "d1", instructionSet: "avx2", totalSteps: 1000, shards: 2,
            scaling: scaling)
    }

    private func commit(_ step: Int, _ job: Int) async throws -> Int {
        try await store.commit(.small(step: step), job: job, retention: keepAll).id
    }

    @Test("each checkpoint has the scaling of the run that it comes from, on whatever branch")
    func branches() async throws {
        let job = try await store.makeJob()
        try await run(job, divided)
        let first = try await commit(10, job)
        try await store.setState(.paused, of: job)
        try await store.resume(job: job, from: first, acceptingChange: true)
        try await run(job, fitted)
        let second = try await commit(20, job)
        // A branch of the first one, before other data was accepted.
        try await store.setState(.paused, of: job)
        try await store.resume(job: job, from: first, acceptingChange: false)
        try await run(job, divided)
        let third = try await commit(15, job)
        #expect(try await store.scaling(checkpoint: first) == divided)
        #expect(try await store.scaling(checkpoint: second) == fitted)
        #expect(try await store.scaling(checkpoint: third) == divided)
        #expect(try await store.scaling(checkpoint: second)?.scaling == fitted.scaling)
        // It is not stored again where nothing differs.
        #expect(try await store.count("scalings") == 2)
        let error = await #expect(throws: StoreError.self) { try await store.scaling(checkpoint: 99) }
        #expect(error?.code == .noSuchCheckpoint)

        try await store.endAndDelete(job)
        #expect(try await store.count("scalings") == 0)
        #expect(try await store.integrity() == "ok")
    }

    @Test(
        "a damaged one is told, and the next run puts it right",
        arguments: [
            "numbers = x'0000803f000080400000204100000000'", "kind = 'none'", "kind = 'none', numbers = x''",
            "numbers = x'0000803f'", "sha256 = zeroblob(32)",
        ])
    func damage(change: String) async throws {
        let job = try await store.makeJob()
        try await run(job, fitted)
        let checkpoint = try await commit(10, job)
        try await store.database.write { db in try db.execute(sql: "UPDATE scalings SET \(change)") }
        let error = await #expect(throws: StoreError.self) {
            try await store.scaling(checkpoint: checkpoint)
        }
        #expect(error?.code == .damaged)
        try await run(job, fitted)
        #expect(try await store.scaling(checkpoint: checkpoint) == fitted)
    }
}
