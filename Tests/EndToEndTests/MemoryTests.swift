import Control
import Foundation
import Glibc
import Spec
import TestSupport
import Testing

/// Daemons that may have little memory, and jobs that take most of it.
@Suite("Jobs that do not fit into the memory together", .serialized)
struct MemoryTests {
    private static let shadow: Comment = "its shadow of all addresses is more than these daemons may have"

    /// About 390 MB under Adam; no checkpoints but those that are asked for.
    private static func large(_ name: String, set: [String] = []) throws -> StartRequest {
        var request = try DigitsJob.request(epochs: 100_000, workers: 1)
        request.name = name
        request.set =
            (request.set ?? []) + [
                "checkpoint={every_steps: 100000000}", "optimizer={adam: {}}",
                "model.layers=[{dense: {units: 2900}}, {dense: {units: 2900}}, {dense: {units: 10}}]",
            ] + set
        return request
    }

    @Test(
        "the second one waits, in the next daemon too, and runs when there is room", .timeLimit(.minutes(15)),
        .withoutSanitizer(shadow))
    func twoJobs() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(["--max-running", "2"], dataLimit: 800_000) { process, client in
                let needs = try await client.needs(try Self.large("first"))
                #expect(needs.fits && 2 * needs.memory.needed > needs.memory.available)
                let first = try await client.start(try Self.large("first")).id
                _ = try await client.first(first) { $0.step > 0 }
                let second = try await client.start(try Self.large("second"))
                #expect(second.state == .queued)
                #expect(second.reason?.hasPrefix("waits for memory: it needs about 0.4 GiB") == true)
                // Nobody passes it, although there would be room.
                let small = try await client.start(try DigitsJob.request(epochs: 1))
                #expect(small.state == .queued && small.reason == nil)
                process.send(SIGKILL)
                _ = await process.ended
            }
            try await sandbox.daemon(["--max-running", "2"], dataLimit: 800_000) { process, client in
                _ = try await client.first(1) { $0.step > 0 }
                let second = try await client.status(of: "second")
                #expect(second.state == .queued && second.reason?.hasPrefix("waits for memory") == true)
                _ = try await client.kill("first")
                _ = try await client.first(second.id) { $0.step > 0 }
                #expect(try await client.last(3).state == .succeeded)
                _ = try await client.kill("second")
                process.send(SIGTERM)
                #expect(await process.ended == .code(0), "\(sandbox.logText.suffix(500))")
            }
        }
    }

    @Test(
        "whoever waits for memory runs when the one before it in line goes", .timeLimit(.minutes(15)),
        .withoutSanitizer(shadow))
    func leavingTheLine() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(["--max-running", "2"], dataLimit: 800_000) { _, client in
                let first = try await client.start(try Self.large("first")).id
                _ = try await client.start(try Self.large("second"))
                let small = try await client.start(try DigitsJob.request(epochs: 1)).id
                _ = try await client.pause("second")
                #expect(try await client.last(small).state == .succeeded)
                #expect(try await client.status(of: "\(first)").state == .running)
                #expect(try await client.resume("second").reason?.hasPrefix("waits for memory") == true)
            }
        }
    }

    @Test(
        "no job is scaled to workers that do not fit", .timeLimit(.minutes(15)), .withoutSanitizer(shadow))
    func scaling() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(dataLimit: 950_000) { process, client in
                let sets = ["training.shards=16", "training.batch_size=64", "optimizer={sgd: {}}"]
                let wide =
                    "model.layers=[{dense: {units: 3300}}, {dense: {units: 3300}}, {dense: {units: 10}}]"
                let request = try Self.large("wide", set: sets + [wide])
                var sixteen = request
                sixteen.workers = .count(16)
                // What the request asks for counts, whatever the spec names, at a dry run and at a start.
                #expect(try await client.needs(sixteen).fits == false)
                await #expect(throws: ClientError.self) { try await client.start(sixteen) }
                sixteen.workers = .count(1)
                sixteen.set?.append("training.workers=16")
                #expect(try await client.needs(sixteen).fits)

                let job = try await client.start(sixteen).id
                _ = try await client.first(job) { $0.step > 0 }
                let refusal = try await sandbox.refusal(of: ["scale", "wide", "16"])
                #expect(refusal.exit == .code(65))
                #expect(refusal.sentence.contains("GiB of memory on 16 workers and there are"))
                #expect(try await client.scale("wide", to: .count(2)).workers == 2)
                let step = try await client.status(of: "wide").step
                #expect(try await client.first(job) { $0.step > step }.workers == 2)
                _ = try await client.kill("wide")
                process.send(SIGTERM)
                #expect(await process.ended == .code(0), "\(sandbox.logText.suffix(500))")
            }
        }
    }

    @Test(
        "a job over which the daemon crashes three times is paused, and can be resumed; kills count nothing",
        .timeLimit(.minutes(15)), .withoutSanitizer("it reports a crash that is made on purpose, and exits"))
    func crashes() async throws {
        try await Sandbox.with { sandbox in
            for (life, signal) in [SIGABRT, SIGKILL, SIGKILL, SIGKILL, SIGSEGV, SIGABRT].enumerated() {
                // Who prints what a crash was about takes its time.
                try await sandbox.daemon(environment: ["SWIFT_BACKTRACE=enable=no"]) { process, client in
                    var request = try DigitsJob.request(epochs: 1_000_000)
                    request.set?.append("checkpoint={every_steps: 100000000}")
                    let job = life == 0 ? try await client.start(request).id : 1
                    #expect(
                        try await client.first(job) { $0.step > 0 || $0.state == .paused }.state == .running)
                    process.send(signal)
                    #expect(await process.ended == .signal(signal))
                }
            }
            try await sandbox.daemon { _, client in
                let paused = try await client.status(of: "1")
                #expect(paused.state == .paused)
                #expect(paused.reason?.hasPrefix("the daemon crashed 3 times in a row") == true)
                #expect(try await client.start(try DigitsJob.request(epochs: 1)).state != .paused)
                _ = try await client.resume("1")
                #expect(try await client.first(1) { $0.step > 0 }.state == .running)
            }
        }
    }
}
