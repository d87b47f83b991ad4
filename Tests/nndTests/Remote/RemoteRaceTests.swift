import Control
import Foundation
import Glibc
import Parallel
import Spec
import Store
import Synchronization
import TestSupport
import Testing
import TrainerWire
import nnd

@Suite("What comes between a job and its trainer in another process", .timeLimit(.minutes(15)))
struct RemoteRaceTests {
    private typealias World = JobSupervisorTests.World

    /// Stores nothing, and holds a commit until it is let go.
    private actor HoldingSink: SnapshotSink {
        private var entered: CheckedContinuation<Void, Never>?
        private var held: CheckedContinuation<Void, Never>?
        private var isLetGo = false

        func commit(_ snapshot: TrainingSnapshot) async {
            if isLetGo { return }
            await withCheckedContinuation { continuation in
                held = continuation
                entered?.resume()
                entered = nil
            }
        }

        func untilCommit() async {
            if held != nil { return }
            await withCheckedContinuation { entered = $0 }
        }

        func letGo() {
            isLetGo = true
            held?.resume()
            held = nil
        }
    }

    private final class Flag: Sendable {
        private let state = Mutex(false)
        var isSet: Bool { state.withLock { $0 } }
        func set() { state.withLock { $0 = true } }
    }

    @Test("A run that has lost its trainer is not over before the trainer's last snapshot is stored")
    func lastCommit() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let noted = NotedTrainer(file: directory.file("pid"))
        let text = try String(
            contentsOf: JobSupervisorTests.examples.appending(path: "digits.yaml"), encoding: .utf8)
        let spec = try JobSpec(
            yaml: text,
            overrides: ["training.epochs=1000", "checkpoint.every_steps=20", "cluster.ranks=1"]
        ).resolvingPaths(relativeTo: JobSupervisorTests.examples.path)
        let sink = HoldingSink()
        let trainer = RemoteTrainer(
            job: try TrainingJob(spec), start: nil, workers: 1, sink: sink,
            command: noted.launcher.command(for: ClusterSpec(ranks: 1)), ranks: 1)
        let isOver = Flag()
        let run = Task {
            defer { isOver.set() }
            return try await trainer.run()
        }
        await sink.untilCommit()
        let keeper = try #require(noted.keeper)
        noted.send(SIGKILL)
        while kill(keeper, 0) == 0 { await Task.yield() }
        // All that was started has ended, and its end has been waited for.
        for _ in 0..<20_000 where !isOver.isSet { _ = await trainer.progress }
        #expect(!isOver.isSet)
        await sink.letGo()
        let lost = await #expect(throws: TrainerLost.self) { try await run.value }
        #expect(lost?.description.contains("ended by signal 9") == true, "\(lost.map { "\($0)" } ?? "")")
    }

    @Test("A trainer that lives and is never ready is given up")
    func reading() async throws {
        var limits = RemoteLimits()
        (limits.first, limits.silence, limits.heartbeat) = (.seconds(2), .seconds(4), 100)
        try await World.with(launcher: TestLauncher(arguments: ["reading"]), limits: limits) { world in
            let job = try await world.start(
                epochs: 2, set: ["cluster.ranks=1", "cluster.on_failure=wait"])
            let end = try await world.wait(job) { $0.state == .paused || $0.state == .failed }
            #expect(end.reason?.contains("it was not ready after") == true, "\(end.reason ?? "")")
        }
    }

    @Test(
        "A pause or a stop does not wait for a trainer that is not ready",
        arguments: ["sleep 1000", "exec \(TestLauncher.programs)/trainer-program reading"])
    func early(script: String) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let begun = directory.file("begun")
        let launcher = TestLauncher(arguments: ["-c", ">\(begun); \(script)"], program: "sh")
        // It would be waited for longer than a test may take.
        var limits = RemoteLimits()
        (limits.arrival, limits.first) = (.seconds(100_000), .seconds(100_000))
        try await World.with(launcher: launcher, limits: limits) { world in
            let job = try await world.start(epochs: 2, set: ["cluster.ranks=1"])
            for isStop in [false, true] {
                while !FileManager.default.fileExists(atPath: begun) { await Task.yield() }
                let supervisor = world.supervisor
                let end = try await isStop ? supervisor.stop("\(job)") : supervisor.pause("\(job)")
                #expect(end.state == (isStop ? .stopped : .paused), "\(end.reason ?? "")")
                try FileManager.default.removeItem(atPath: begun)
                if !isStop { _ = try await world.supervisor.resume("\(job)", nil) }
            }
        }
    }

    @Test("Processes that are not one job of all ranks are refused")
    func apart() async throws {
        try await World.with(launcher: TestLauncher(arguments: ["serve"], ranks: 1)) { world in
            let job = try await world.start(epochs: 2, set: ["cluster.ranks=2"])
            let end = try await world.wait(job) { [.paused, .failed, .succeeded].contains($0.state) }
            #expect(end.state == .paused)
            #expect(
                end.reason?.contains("not one job of 2 ranks: rank 0 sees 1;") == true, "\(end.reason ?? "")")
        }
    }

    /// Starts trainers as another launcher does, notes on how many ranks, and lets a machine be reached when it is told to.
    private final class NotingLauncher: TrainerLauncher {
        let launcher: TestLauncher
        let directory: TemporaryDirectory
        private let noted = Mutex([Int]())

        init(_ launcher: TestLauncher, in directory: TemporaryDirectory) {
            (self.launcher, self.directory) = (launcher, directory)
        }

        var ranks: [Int] { noted.withLock { $0 } }

        func command(for cluster: ClusterSpec) -> HelperCommand {
            noted.withLock { $0.append(cluster.ranks) }
            return launcher.command(for: cluster)
        }

        func probe(_ host: ClusterSpec.Host) -> HelperCommand {
            var command = launcher.probe(host)
            command.arguments = [
                "-c",
                ">\(directory.file("asked")); while [ ! -e \(directory.file("answer")) ]; do sleep 0.05; done",
            ]
            return command
        }

        func untilAsked() async {
            while !FileManager.default.fileExists(atPath: directory.file("asked")) { await Task.yield() }
        }

        func answer() {
            _ = FileManager.default.createFile(atPath: directory.file("answer"), contents: nil)
        }
    }

    @Test("A move to other ranks while a trainer is being made is not lost")
    func move() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let noted = NotedTrainer(file: directory.file("pid"))
        let launcher = NotingLauncher(noted.launcher, in: directory)
        try await World.with(cores: 2, launcher: launcher) { world in
            let job = try await world.start(
                epochs: 100_000,
                set: ["cluster={ranks: 1, hosts: [here, there]}", "checkpoint.every_steps=20"])
            _ = try await world.wait(job) { $0.lastCheckpoint != nil || $0.state == .failed }
            noted.send(SIGKILL)
            await launcher.untilAsked()
            #expect(try await world.supervisor.scale("\(job)", to: .init(ranks: 2)).ranks == 2)
            launcher.answer()
            let end = try await world.wait(job) {
                $0.state != .running || launcher.ranks.count == 5 && $0.samplesPerSecond != nil
            }
            #expect(end.state == .running && end.ranks == 2, "\(end.reason ?? "")")
            _ = try await world.supervisor.kill("\(job)")
            // Of the request, of the run, of the move, and of the run again: on what it had read, and on what it is told since.
            #expect(launcher.ranks == [1, 1, 2, 1, 2])
        }
    }

    @Test(
        "A move to ranks for which the memory does not suffice is refused, and one that fits keeps the samples in mind"
    )
    func memory() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let noted = NotedTrainer(file: directory.file("pid"))
        try await World.with(
            memory: MemoryShares(available: 0x1p26), launcher: NotingLauncher(noted.launcher, in: directory)
        ) { world in
            let job = try await world.start(epochs: 100_000, set: ["cluster.ranks=1", "training.workers=1"])
            _ = try await world.wait(job) { $0.step > 0 || $0.state == .failed }
            let refused = await #expect(throws: Problem.self) {
                try await world.supervisor.scale("\(job)", to: .init(ranks: 500))
            }
            #expect(refused?.description.contains("GiB of memory on 500 ranks and there are") == true)
            #expect(try await world.supervisor.scale("\(job)", to: .init(ranks: 2)).ranks == 2)
            _ = try await world.supervisor.kill("\(job)")
        }
    }

    @Test("A queued job shows the workers that it would have on all machines")
    func workers() async throws {
        try await World.with(cores: 2, launcher: TestLauncher(arguments: ["reading"])) { world in
            _ = try await world.start(epochs: 100_000)
            let hosts = (0..<4).map { "h\($0)" }.joined(separator: ", ")
            let queued = try await world.start(epochs: 2, set: ["cluster={ranks: 4, hosts: [\(hosts)]}"])
            let status = try await world.supervisor.status(id: queued)
            #expect(status.state == .queued && status.workers == 8)
        }
    }

    @Test(
        "Another user's job is not moved to processes with the daemon's rights",
        .enabled(if: geteuid() == 0, "only root opens files with the rights of others"))
    func foreign() async throws {
        try await World.with(launcher: TestLauncher(arguments: ["none"])) { world in
            // The other user may read the data.
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: world.directory.path)
            let made = try await world.supervisor.start(
                try world.request(epochs: 100_000), for: geteuid() + 1, once: nil)
            let error = await #expect(throws: Problem.self) {
                try await world.supervisor.scale("\(made.status.id)", to: .init(ranks: 2))
            }
            #expect(error?.code == .forbidden)
            let status = try await world.supervisor.status(id: made.status.id)
            #expect(status.ranks == nil)
            _ = try await world.supervisor.kill("\(made.status.id)")
        }
    }
}
