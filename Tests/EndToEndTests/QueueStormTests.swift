import Control
import Glibc
import Spec
import Store
import TestSupport
import Testing

/// The queue under many clients in short; `Benchmarks/queue-storm` has 200 jobs and 20 clients.
@Suite("A storm of short jobs", .serialized)
struct QueueStormTests {
    private static let clients = 4
    private static let jobsEach = 7
    private static let kills = 4

    @Test("each job ends once, in the state that was last told, with its bits", .timeLimit(.minutes(15)))
    func storm() async throws {
        let expected = try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                try await client.last(try await client.start(try DigitsJob.request(epochs: 8)).id)
                    .weightsDigest
            }
        }
        try await Sandbox.with { sandbox in
            let ends = try await run(in: sandbox)
            #expect(ends.count == Self.clients * Self.jobsEach)
            try await sandbox.store { store in
                let jobs = try await store.jobs()
                #expect(Set(jobs.map(\.name)) == Set(ends.keys) && jobs.count == ends.count)
                for job in jobs {
                    #expect(
                        job.state.rawValue == ends[job.name]?.rawValue, "\(job.name): \(job.reason ?? "")")
                    if job.state == .succeeded { #expect(job.lastCheckpoint?.weightsDigest == expected) }
                    try await expectOneLife(of: job, in: store)
                }
            }
        }
    }

    /// - Returns: How each job was said to have ended, by its name.
    private func run(in sandbox: Sandbox) async throws -> [String: JobState] {
        let daemon = RestartedDaemon(sandbox: sandbox, options: ["--max-running", "2"])
        try await daemon.start()
        return try await Client.with(sandbox.socket) { client in
            try await withThrowingTaskGroup(of: [String: JobState].self) { group in
                for number in 0..<Self.clients {
                    group.addTask {
                        var storming = StormClient(number: number, daemon: daemon, client: client)
                        return try await storming.run(jobs: Self.jobsEach)
                    }
                }
                group.addTask {
                    var random = SplitMix(seed: 99)
                    for _ in 0..<Self.kills {
                        // Whatever happens next, a little or much of it.
                        try await daemon.kill(afterAnswers: Int.random(in: 3...15, using: &random))
                    }
                    return [:]
                }
                var ends: [String: JobState] = [:]
                for try await some in group { ends.merge(some) { $1 } }
                try await daemon.end()
                return ends
            }
        }
    }

    /// A job's log tells of one creation and at most one success, after which nothing happens; steps only rise.
    private func expectOneLife(of job: JobRecord, in store: Store) async throws {
        let events = try await store.events(job: job.id)
        #expect(events.count { $0.kind == .created } == 1 && events.first?.kind == .created)
        let success = events.firstIndex { $0.kind == .state && $0.message.hasPrefix("succeeded") }
        #expect(success == nil || success == events.count - 1, "\(job.name)")
        let steps = events.filter { $0.kind == .checkpoint }.compactMap { event in
            event.message.split(separator: " ").dropFirst(4).first.flatMap { Int($0.prefix { $0.isNumber }) }
        }
        #expect(!steps.isEmpty || success == nil)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 }, "\(job.name): \(steps)")
    }
}
