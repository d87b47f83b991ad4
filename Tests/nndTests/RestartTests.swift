import Control
import Foundation
import Store
import TestSupport
import Testing
import nnd

@Suite("Jobs that are run again by themselves", .timeLimit(.minutes(15)))
struct RestartTests {
    private typealias World = JobSupervisorTests.World

    /// A job whose data has gone while the daemon was not there, and the daemon that misses it.
    private func withoutData(
        restart: String, _ body: (World, _ job: Int, _ bringBack: () throws -> Void) async throws -> Void
    ) async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 100_000, set: ["restart=\(restart)"])
            _ = try await world.wait(job) { $0.step > 0 }
            await world.supervisor.shutDown()
            let away = URL(filePath: world.directory.file("away"))
            try FileManager.default.moveItem(at: world.data, to: away)
            let next = try await world.next()
            try await body(next, job) { try FileManager.default.moveItem(at: away, to: world.data) }
            await next.supervisor.shutDown()
        }
    }

    @Test("a job whose data comes back goes on from its last checkpoint, and the restarts are counted")
    func goesOn() async throws {
        try await withoutData(restart: "{max: 3, after_seconds: 1}") { world, job, bringBack in
            let waiting = try await world.wait(job) { $0.restarts == 1 || $0.state == .paused }
            #expect(waiting.state == .queued && waiting.maxRestarts == 3)
            #expect(waiting.reason?.hasPrefix("is run again by itself, restart 1 of 3, after: ") == true)
            #expect(waiting.reason?.contains("digits-train.csv.gz") == true)
            try bringBack()
            let checkpoint = try #require(waiting.lastCheckpoint?.step)
            let running = try await world.wait(job) { $0.step > checkpoint || $0.state == .paused }
            #expect(running.state == .running && running.restarts >= 1)
            // Whoever stops and resumes a job begins a new count.
            _ = try await world.supervisor.stop("\(job)")
            _ = try await world.supervisor.resume("\(job)", nil)
            #expect(try await world.store.job(id: job).restarts == 0)
        }
    }

    @Test("a job that fails again too often is paused, as it would be without restarts")
    func exhausted() async throws {
        try await withoutData(restart: "{max: 1}") { world, job, _ in
            let paused = try await world.wait(job) { $0.state == .paused }
            #expect(paused.restarts == 1)
            #expect(paused.reason?.hasSuffix("; run again once by itself, to no avail") == true)
        }
    }

    @Test("a job that waits to be run again can be resumed at once, stopped, and removed")
    func requests() async throws {
        try await withoutData(restart: "{max: 1000, after_seconds: 86400}") { world, job, bringBack in
            _ = try await world.wait(job) { $0.restarts == 1 }
            await #expect(throws: (any Error).self) { try await world.supervisor.delete("\(job)") }
            // Still without its data.
            await #expect(throws: (any Error).self) { try await world.supervisor.resume("\(job)", nil) }
            #expect(try await world.supervisor.status(id: job).state == .queued)
            try bringBack()
            _ = try await world.supervisor.resume("\(job)", nil)
            let running = try await world.wait(job) { $0.samplesPerSecond != nil || $0.state == .paused }
            #expect(running.state == .running && running.restarts == 0)
        }
        try await withoutData(restart: "{max: 1000, after_seconds: 86400}") { world, job, _ in
            _ = try await world.wait(job) { $0.restarts == 1 }
            #expect(try await world.supervisor.kill("\(job)").state == .stopped)
            try await world.supervisor.delete("\(job)")
        }
    }

    @Test("the next daemon runs a waiting job at once, and goes on counting")
    func nextDaemon() async throws {
        try await withoutData(restart: "{max: 2, after_seconds: 86400}") { world, job, _ in
            _ = try await world.wait(job) { $0.restarts == 1 }
            await world.supervisor.shutDown()
            let next = try await world.next()
            #expect(try await next.wait(job) { $0.restarts == 2 }.state == .queued)
            await next.supervisor.shutDown()
            let last = try await world.next()
            #expect(try await last.wait(job) { $0.state == .paused }.restarts == 2)
        }
    }
}
