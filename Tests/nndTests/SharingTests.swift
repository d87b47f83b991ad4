import Control
import Foundation
import Parallel
import Spec
import Store
import Testing
import nnd

@Suite("Jobs that run side by side, and those that wait", .timeLimit(.minutes(15)))
struct SharingTests {
    private typealias World = JobSupervisorTests.World

    @Test("the cores are shared again whenever a job comes, goes or is scaled")
    func shares() async throws {
        try await World.with(cores: 5, running: 3) { world in
            func expect(_ workers: Int, of job: Int, _ what: Comment) async throws {
                let status = try await world.wait(job) { $0.workers == workers || $0.state != .running }
                #expect(status.workers == workers && status.state == .running, what)
            }
            let first = try await world.start(epochs: 1_000_000)
            try await expect(5, of: first, "alone")
            let second = try await world.start(epochs: 1_000_000)
            try await expect(3, of: first, "two share")
            try await expect(2, of: second, "two share")
            let third = try await world.start(epochs: 1_000_000, set: ["training.workers=2"])
            try await expect(2, of: third, "a number is a number")
            try await expect(2, of: first, "two share what is left")
            try await expect(1, of: second, "two share what is left")
            #expect(try await world.supervisor.scale("\(first)", to: .init(workers: .count(4))).workers == 4)
            try await expect(1, of: second, "nothing is left")
            #expect(try await world.supervisor.stop("\(third)").state == .stopped)
            _ = try await world.supervisor.pause("\(first)")
            try await expect(5, of: second, "alone")
            _ = try await world.supervisor.resume("\(first)", nil)
            try await expect(4, of: first, "as it was scaled")
            try await expect(1, of: second, "the rest")
        }
    }

    @Test("jobs with auto have no more workers than the memory allows, and no job is scaled beyond it")
    func memory() async throws {
        let set = [
            "training.shards=64", "training.batch_size=64", "checkpoint.every_steps=100000000",
            "model.layers=[{dense: {units: 1000}}, {dense: {units: 1000}}, {dense: {units: 10}}]",
        ]
        var estimate: MemoryEstimate?
        try await World.with { world in
            let order = try StartOrder(try world.request(epochs: 1, set: set))
            estimate = try TrainingJob(order.spec).memory(workers: 1)
        }
        let job = try #require(estimate)
        // What two jobs take on two workers each, and no worker more.
        let memory = MemoryShares(available: 2 * job.on(workers: 2).bytes + 1000)
        try await World.with(cores: 8, running: 3, memory: memory) { world in
            func expect(_ job: Int, _ what: Comment, _ condition: (JobStatus) -> Bool) async throws {
                let status = try await world.wait(job) { condition($0) || $0.state == .failed }
                #expect(condition(status), what)
            }
            let first = try await world.start(epochs: 1_000_000, set: set)
            try await expect(first, "it has what there is") { $0.workers > 2 && $0.step > 0 }
            let second = try await world.start(epochs: 1_000_000, set: set)
            try await expect(first, "it gives some up") { $0.workers == 2 }
            try await expect(second, "it begins with its part") { $0.workers == 2 && $0.step > 0 }
            // Beside one worker of the other.
            await #expect(throws: Problem.self) {
                try await world.supervisor.scale("\(first)", to: .init(workers: .count(8)))
            }
            #expect(try await world.supervisor.status(id: first).workers == 2)
            #expect(try await world.supervisor.scale("\(second)", to: .init(workers: .count(1))).workers == 1)
            let third = try await world.start(epochs: 1_000_000, set: set + ["training.workers=2"])
            let waiting = try await world.supervisor.status(id: third)
            #expect(waiting.state == .queued && waiting.reason?.hasPrefix("waits for memory") == true)
            _ = try await world.supervisor.kill("\(second)")
            try await expect(third, "there is room") { $0.workers == 2 && $0.step > 0 }
            _ = try await world.supervisor.kill("\(third)")
            try await expect(first, "all is free again") { $0.workers > 2 }
            _ = try await world.supervisor.kill("\(first)")
        }
    }

    @Test("a daemon that finds only with the data that two jobs do not fit lets one of them wait")
    func crowded() async throws {
        // Nearly all is for the rows of a minibatch, of which the spec alone does not say how many there are.
        let set = [
            "training.shards=1", "training.batch_size=1200", "checkpoint.every_steps=100000000",
            "model.layers=[{dense: {units: 1000}}, {dense: {units: 10}}]",
        ]
        try await World.with { world in
            let order = try StartOrder(try world.request(epochs: 1, set: set))
            let whole = try TrainingJob(order.spec).memory(workers: 1)
            #expect(try 4 * MemoryEstimate.least(order.spec, workers: 1).bytes < whole.bytes)
            var jobs: Set<Int> = []
            for _ in 0..<2 { jobs.insert(try await world.start(epochs: 1_000_000, set: set)) }
            await world.supervisor.shutDown()

            let next = try await world.next(running: 2, memory: .init(available: 1.5 * whole.bytes))
            let statuses = try await jobs.sorted().asyncMap { job in
                try await next.wait(job) {
                    $0.step > 0 && $0.state == .running || $0.reason?.hasPrefix("waits for memory: ") == true
                }
            }
            let running = try #require(statuses.first { $0.state == .running })
            let waiting = try #require(statuses.first { $0.state == .queued })
            _ = try await next.supervisor.kill("\(running.id)")
            let status = try await next.wait(waiting.id) { $0.step > 0 || $0.state == .failed }
            #expect(status.state == .running)
            await next.supervisor.shutDown()
        }
    }

    @Test("a job that was rescaled by the coming and going of others ends with the same bits")
    func sameBits() async throws {
        var digests: Set<String?> = []
        try await World.with { world in
            let alone = try await world.start(epochs: 150)
            digests.insert(try await world.wait(alone) { $0.state == .succeeded }.weightsDigest)
        }
        try await World.with(cores: 4, running: 2) { world in
            let job = try await world.start(epochs: 150)
            for _ in 0..<4 { _ = try await world.start(epochs: 2) }
            var workers: Set<Int> = []
            let end = try await world.wait(job) { status in
                workers.insert(status.workers)
                return status.state == .succeeded
            }
            #expect(workers.isSuperset(of: [2, 4]))
            digests.insert(end.weightsDigest)
        }
        #expect(digests.count == 1 && !digests.contains(nil))
    }

    @Test("queued jobs run by priority, equal ones in the order of their start, also in the next daemon")
    func priorities() async throws {
        try await World.with { world in
            let long = try await world.start(epochs: 1_000_000, priority: -1)
            var jobs: [Int] = []
            for priority in [0, 5, nil, 5] {
                jobs.append(try await world.start(epochs: 1, priority: priority))
            }
            #expect(try await world.supervisor.status(id: jobs[1]).priority == 5)
            await world.supervisor.shutDown()
            let next = try await world.next()
            // The long one has the lowest priority, and was not interrupted but put off.
            for job in jobs { _ = try await next.wait(job) { $0.state == .succeeded } }
            let started = try await jobs.asyncMap { try await next.store.job(id: $0).startedAt }
            let order = jobs.indices.sorted { (started[$0] ?? .distantPast) < (started[$1] ?? .distantPast) }
            #expect(order == [1, 3, 0, 2])
            #expect(try await next.wait(long) { $0.state == .running }.priority == -1)
            await next.supervisor.shutDown()
        }
    }

    @Test("a job that is killed keeps its last checkpoint and takes none, and can be resumed")
    func kill() async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 1_000_000, set: ["checkpoint.every_steps=100000000"])
            _ = try await world.wait(job) { $0.step > 0 }
            let first = try await world.supervisor.checkpoint("\(job)").lastCheckpoint
            _ = try await world.wait(job) { $0.step > first?.step ?? 0 }
            let killed = try await world.supervisor.kill("\(job)")
            #expect(killed.state == .stopped && killed.reason == "killed, without a checkpoint")
            #expect(killed.lastCheckpoint == first && killed.step == first?.step)
            await #expect(throws: JobLifecycle.Refusal.self) { try await world.supervisor.kill("\(job)") }

            let queued = try await world.start(epochs: 1_000_000, set: ["checkpoint.every_steps=100000000"])
            let waiting = try await world.start(epochs: 1)
            #expect(try await world.supervisor.kill("\(waiting)").state == .stopped)
            #expect(try await world.supervisor.kill("\(queued)").lastCheckpoint == nil)
            _ = try await world.supervisor.resume("\(job)", nil)
            let running = try await world.wait(job) { $0.step > first?.step ?? 0 || $0.state == .failed }
            #expect(running.state == .running)
        }
    }
}

extension [Int] {
    fileprivate func asyncMap<Value>(_ transform: (Int) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
