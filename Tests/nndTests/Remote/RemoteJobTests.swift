import Control
import Foundation
import Glibc
import Parallel
import Spec
import Store
import TestSupport
import Testing
import TrainerWire
import nnd

@Suite("A job that trains in another process", .timeLimit(.minutes(15)))
struct RemoteJobTests {
    private typealias World = JobSupervisorTests.World

    private static let epochs = 200
    private static let set = [
        "training.shards=4", "checkpoint.every_steps=40",
        "model.layers=[{dense: {units: 300, activation: relu}}, {dense: {units: 300, activation: relu}}, {dense: {units: 10}}]",
    ]
    private static let remote = set + ["cluster.ranks=1"]

    /// Runs `body` in a world whose jobs with a cluster train in the test's program.
    private func withTrainer(
        limits: RemoteLimits = RemoteLimits(), _ body: (World, NotedTrainer) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let trainer = NotedTrainer(file: directory.file("pid"))
        try await World.with(cores: 2, launcher: trainer.launcher, limits: limits) { world in
            try await body(world, trainer)
        }
        #expect(!trainer.isThere)
    }

    /// What the same job comes to in the daemon's process.
    private static let wanted = Task {
        try await World.with(cores: 2) { world in
            let alone = try await world.start(epochs: epochs, set: set)
            return try await world.wait(alone) { $0.state == .succeeded || $0.state == .failed }.weightsDigest
        }
    }

    private func end(of job: Int, in world: World) async throws -> JobStatus {
        try await world.wait(job) { [.succeeded, .failed, .paused, .stopped].contains($0.state) }
    }

    @Test("has the same bits, through scaling, a checkpoint, a pause and a move to other processes")
    func sameBits() async throws {
        try await withTrainer { world, trainer in
            let wanted = try await Self.wanted.value
            let job = try await world.start(epochs: Self.epochs, set: Self.remote)
            let begun = try await world.wait(job) {
                $0.step > 20 || $0.state != .running && $0.state != .queued
            }
            #expect(begun.state == .running && begun.ranks == 1, "\(begun.reason ?? "")")
            let scaled = try await world.supervisor.scale("\(job)", to: .init(workers: .count(3)))
            #expect(scaled.workers == 3)
            let checkpoint = try await world.supervisor.checkpoint("\(job)").lastCheckpoint
            #expect(checkpoint != nil)
            let paused = try await world.supervisor.pause("\(job)")
            #expect(paused.state == .paused && paused.lastCheckpoint?.step == paused.step)
            #expect(!trainer.isThere)
            _ = try await world.supervisor.resume("\(job)", nil)
            let before = try await world.wait(job) { $0.step > paused.step || $0.state == .paused }
            #expect(before.state == .running)
            let first = trainer.id
            #expect(try await world.supervisor.scale("\(job)", to: .init(ranks: 2)).ranks == 2)
            let end = try await end(of: job, in: world)
            #expect(end.state == .succeeded && end.weightsDigest == wanted, "\(end.reason ?? "")")
            #expect(end.ranks == 2 && trainer.id != first && wanted != nil)
            let curves = try await world.store.metrics(job: job)
            #expect(curves.map(\.step) == curves.map(\.step).sorted())
        }
    }

    @Test("goes on from its last commit when the trainer is killed")
    func death() async throws {
        try await withTrainer { world, trainer in
            let wanted = try await Self.wanted.value
            let job = try await world.start(epochs: Self.epochs, set: Self.remote)
            for _ in 0..<3 {
                let step = try await world.supervisor.status(id: job).lastCheckpoint?.step ?? 0
                let status = try await world.wait(job) {
                    $0.state != .running && $0.state != .queued || $0.lastCheckpoint?.step ?? 0 > step
                }
                #expect(status.state == .running, "\(status.reason ?? "")")
                trainer.send(SIGKILL)
            }
            let end = try await end(of: job, in: world)
            #expect(end.state == .succeeded && end.weightsDigest == wanted, "\(end.reason ?? "")")
        }
    }

    @Test("goes on from its last commit when the trainer hangs, and a stopped one is ended")
    func hang() async throws {
        var limits = RemoteLimits()
        (limits.silence, limits.heartbeat) = (.seconds(3), 200)
        try await withTrainer(limits: limits) { world, trainer in
            let wanted = try await Self.wanted.value
            let job = try await world.start(epochs: Self.epochs, set: Self.remote)
            _ = try await world.wait(job) { $0.lastCheckpoint != nil || $0.state == .failed }
            trainer.send(SIGSTOP)
            let end = try await end(of: job, in: world)
            #expect(end.state == .succeeded && end.weightsDigest == wanted, "\(end.reason ?? "")")
        }
    }

    @Test("waits for somebody when it has lost its trainer, if it was told to")
    func waiting() async throws {
        try await withTrainer { world, trainer in
            let job = try await world.start(
                epochs: 100_000, set: Self.remote + ["cluster.on_failure=wait"])
            _ = try await world.wait(job) { $0.lastCheckpoint != nil }
            trainer.send(SIGKILL)
            let paused = try await end(of: job, in: world)
            #expect(
                paused.state == .paused && paused.reason?.contains("ended by signal 9") == true)
            _ = try await world.supervisor.resume("\(job)", nil)
            _ = try await world.wait(job) { $0.step > paused.step }
            #expect(try await world.supervisor.stop("\(job)").state == .stopped)
        }
    }

    @Test("can be killed, and stopped while the trainer hangs")
    func endings() async throws {
        var limits = RemoteLimits()
        (limits.silence, limits.heartbeat, limits.death) = (.seconds(2), 200, .milliseconds(200))
        try await withTrainer(limits: limits) { world, trainer in
            let job = try await world.start(epochs: 100_000, set: Self.remote)
            _ = try await world.wait(job) { $0.lastCheckpoint != nil }
            trainer.send(SIGSTOP)
            #expect(try await world.supervisor.stop("\(job)").state == .stopped)
            #expect(!trainer.isThere)
            _ = try await world.supervisor.resume("\(job)", nil)
            _ = try await world.wait(job) { $0.samplesPerSecond != nil }
            trainer.send(SIGSTOP)
            let killed = try await world.supervisor.kill("\(job)")
            #expect(killed.state == .stopped && killed.reason == "killed, without a checkpoint")
        }
    }

    @Test("holds still while its checkpoint cannot be stored")
    func held() async throws {
        try await withTrainer { world, _ in
            let job = try await world.start(
                epochs: 100_000, set: Self.remote + ["checkpoint.keep_last=100000"])
            _ = try await world.wait(job) { $0.lastCheckpoint != nil }
            try await world.setMostPages(1)
            let held = try await world.wait(job) { $0.state == .paused }
            #expect(held.held && held.reason?.hasPrefix("disk full") == true)
            // Before there is room: after that the job may have gone on by itself first.
            #expect(try await world.supervisor.resume("\(job)", nil).held)
            try await world.setMostPages(1 << 20)
            _ = try await world.wait(job) { $0.state == .running && $0.step > held.step }
            #expect(try await world.supervisor.stop("\(job)").state == .stopped)
        }
    }

    @Test("waits with a sentence when its trainer cannot start, or is none")
    func strangers() async throws {
        var limits = RemoteLimits()
        (limits.silence, limits.arrival) = (.seconds(1), .seconds(3))
        let set = Self.remote + ["cluster.on_failure=wait"]
        for (arguments, program, sentence) in [
            (["none"], "/nothing/here", "/nothing/here cannot be started: No such file or directory"),
            (["none"], nil, "ended with exit code 3 and said: nothing to do here"),
            (["garbage"], nil, "no message of this protocol"), (["long"], nil, "are the most"),
            (["snapshot"], nil, "a snapshot came in that nobody waits for"),
            (["stranger"], nil, "somebody else came to the trainer's socket"),
            (["silent"], nil, "nothing came in"),
        ] as [([String], String?, String)] {
            var launcher = TestLauncher(arguments: arguments)
            if let program { launcher.program = program }
            try await World.with(launcher: launcher, limits: limits) { world in
                let job = try await world.start(epochs: 2, set: set)
                let end = try await end(of: job, in: world)
                #expect(end.state == .paused && end.reason?.contains(sentence) == true, "\(end.reason ?? "")")
            }
        }
    }
}
