import Control
import Spec
import Store
import Testing
import nnd

@Suite("What a job would need", .timeLimit(.minutes(15)))
struct NeedsTests {
    private typealias World = JobSupervisorTests.World

    @Test("is told from the spec and the data, and nothing is made")
    func needs() async throws {
        try await World.with(cores: 4, running: 2) { world in
            let set = ["checkpoint={every_steps: 10, keep_last: 2}"]
            let needs = try await world.supervisor.needs(
                try world.request(epochs: 3, set: set), freeDisk: 1 << 30)
            let job = try await world.start(epochs: 3, set: set)
            let end = try await world.wait(job) { $0.state == .succeeded }
            #expect(needs.fits && needs.problems.isEmpty)
            #expect(needs.steps == end.totalSteps && needs.shards == end.shards)
            #expect(needs.batchSize == end.batchSize && needs.workers == 4)
            // 64 pixels as floats and a label each.
            let samples = try #require(needs.samples)
            let count = samples.train + (samples.validation ?? 0) + (samples.test ?? 0)
            #expect(samples.bytes == count * 65 * 4)
            let checkpoint = try await world.store.checkpoints(job: job).first
            #expect(needs.disk.checkpoint == checkpoint?.bytes && needs.disk.kept == 2)
            #expect(needs.disk.needed == 4 * needs.disk.checkpoint)
            #expect(
                needs.memory.needed < needs.memory.available && needs.memory.parts.samples >= samples.bytes)
            #expect(try await world.store.jobs().count == 1)
        }
    }

    @Test("of workers there are as many as the job would get beside those that run")
    func workers() async throws {
        try await World.with(cores: 6, running: 2) { world in
            _ = try await world.start(epochs: 1_000_000)
            let request = try world.request(epochs: 3)
            #expect(try await world.supervisor.needs(request, freeDisk: nil).workers == 3)
            var fixed = request
            fixed.workers = .count(5)
            #expect(try await world.supervisor.needs(fixed, freeDisk: nil).workers == 5)
            // With both places taken it would run when one of these has ended.
            _ = try await world.start(epochs: 1_000_000, set: ["training.workers=1"])
            #expect(try await world.supervisor.needs(request, freeDisk: nil).workers == 5)
        }
    }

    @Test("what is not there is a problem, and what is wrong is an error, as at a start")
    func problems() async throws {
        try await World.with { world in
            let full = try await world.supervisor.needs(try world.request(epochs: 3), freeDisk: 100)
            #expect(!full.fits && full.problems.count == 1 && full.problems[0].contains("100 are free"))
            let wide = [
                "model.layers=[{dense: {units: 900000}}, {dense: {units: 900000}}, {dense: {units: 10}}]"
            ]
            let large = try await world.supervisor.needs(
                try world.request(epochs: 3, set: wide), freeDisk: nil)
            #expect(!large.fits && large.problems.first?.contains("GiB of memory and there are") == true)
            #expect(
                large.samples == nil && large.steps == nil && large.memory.needed > large.memory.available)
            await #expect(throws: (any Error).self) {
                try await world.supervisor.needs(
                    try world.request(epochs: 3, set: ["data.train.csv.path=no.csv"]), freeDisk: nil)
            }
        }
    }
}
