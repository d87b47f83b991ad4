import Control
import Glibc
import Spec
import Testing

/// Promise 1: the weights are a function of spec and data, whatever happens to the job meanwhile.
@Suite("One job five ways has one digest", .serialized)
struct SameBitsTests {
    @Test("scaled, stopped, killed or left alone, the job comes to the same bits", .timeLimit(.minutes(15)))
    func fiveWays() async throws {
        let alone = try await oneWorker()
        #expect(alone.count == 64)
        #expect(try await twoWorkers() == alone)
        #expect(try await scaledInMidRun() == alone)
        #expect(try await stoppedAndResumed() == alone)
        #expect(try await killedAndRestarted() == alone)
    }

    private func oneWorker() async throws -> String {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                try await digest(client, try await begun(client, workers: 1))
            }
        }
    }

    private func twoWorkers() async throws -> String {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                try await digest(client, try await begun(client, workers: 2))
            }
        }
    }

    private func scaledInMidRun() async throws -> String {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await begun(client, workers: 1)
                let scaled = try await client.scale("\(job)", to: .count(2))
                #expect(scaled.workers == 2 && scaled.state == .running)
                return try await digest(client, job)
            }
        }
    }

    private func stoppedAndResumed() async throws -> String {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await begun(client, workers: 1)
                let stopped = try await client.stop("\(job)")
                #expect(stopped.state == .stopped && stopped.step < stopped.totalSteps)
                #expect(stopped.lastCheckpoint?.step == stopped.step)
                _ = try await client.resume("\(job)")
                return try await digest(client, job)
            }
        }
    }

    private func killedAndRestarted() async throws -> String {
        try await Sandbox.with { sandbox in
            let job = try await sandbox.daemon { process, client in
                let job = try await begun(client, workers: 1)
                let lost = try await client.first(job) { $0.step > $0.lastCheckpoint?.step ?? .max }
                try #require(lost.step < lost.totalSteps)
                process.send(SIGKILL)
                #expect(await process.ended == .signal(SIGKILL))
                return job
            }
            return try await sandbox.daemon { _, client in try await digest(client, job) }
        }
    }

    /// A job that has taken its first steps and is far from its last.
    private func begun(_ client: Client, workers: Int) async throws -> Int {
        let job = try await client.start(try DigitsJob.request(workers: workers)).id
        let status = try await client.first(job) { $0.step > 0 }
        try #require(status.state == .running && status.step < status.totalSteps)
        return job
    }

    private func digest(_ client: Client, _ job: Int) async throws -> String {
        let end = try await client.last(job)
        #expect(end.state == .succeeded && end.step == end.totalSteps, "\(end.reason ?? "")")
        return try #require(end.weightsDigest)
    }
}
