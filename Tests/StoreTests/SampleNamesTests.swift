import GRDB
import Store
import Testing

@Suite("Names of samples", .timeLimit(.minutes(15)))
struct SampleNamesTests {
    private func run(_ store: Store, _ job: Int, _ names: String?) async throws {
        try await store.recordRun(
            job: job, dataFingerprint: "d1", instructionSet: "avx2", totalSteps: 1000, shards: 2,
            sampleNames: names)
    }

    @Test("each checkpoint has the names of the run that it comes from, on whatever branch")
    func branches() async throws {
        let store = try Store.inMemory()
        let job = try await store.makeJob()
        try await run(store, job, #"{"columns":["a","b"]}"#)
        let first = try await store.commit(.small(step: 10), job: job, retention: keepAll).id
        #expect(try await store.sampleNames(checkpoint: first) == #"{"columns":["a","b"]}"#)
        try await store.setState(.paused, of: job)
        try await store.resume(job: job, from: first, acceptingChange: true)
        try await run(store, job, "{}")
        let second = try await store.commit(.small(step: 20), job: job, retention: keepAll).id
        try await store.setState(.paused, of: job)
        try await store.resume(job: job, from: first, acceptingChange: false)
        try await run(store, job, #"{"columns":["a","b"]}"#)
        let third = try await store.commit(.small(step: 15), job: job, retention: keepAll).id
        #expect(try await store.sampleNames(checkpoint: second) == "{}")
        #expect(try await store.sampleNames(checkpoint: third) == #"{"columns":["a","b"]}"#)
        // They are not stored again where nothing differs.
        #expect(try await store.count("sample_names") == 2)
        let error = await #expect(throws: StoreError.self) { try await store.sampleNames(checkpoint: 99) }
        #expect(error?.code == .noSuchCheckpoint)

        try await store.endAndDelete(job)
        #expect(try await store.count("sample_names") == 0)
    }

    @Test("a run that says nothing of them keeps none")
    func none() async throws {
        let store = try Store.inMemory()
        let job = try await store.makeJob()
        try await run(store, job, nil)
        let checkpoint = try await store.commit(.small(step: 10), job: job, retention: keepAll).id
        #expect(try await store.sampleNames(checkpoint: checkpoint) == nil)
    }
}
