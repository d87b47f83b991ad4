import Parallel
import Spec
import TestSupport
import Testing
import TrainerWire

@Suite("The wire between the daemon and a trainer", .timeLimit(.minutes(15)))
struct WireTests {
    @Test(
        "carries snapshots bit for bit, both ways, and messages in their order", arguments: [0, 1, 700_001])
    func snapshots(count: Int) async throws {
        let pair = try WirePair()
        let (daemon, trainer) = (DaemonSide(pair.daemon), TrainerSide(pair.trainer))
        let snapshot = TrainingSnapshot.sample(count: count)
        daemon.expectSnapshot(valuesPerBuffer: count)
        trainer.expectSnapshot(valuesPerBuffer: count)
        trainer.send(.note("before"))
        try await trainer.send(snapshot)
        trainer.send(.note("after"))
        try await daemon.send(snapshot)
        trainer.finish()

        var notes: [String] = []
        var received: TrainingSnapshot?
        for await item in daemon.incoming {
            switch item {
            case .message(.note(let note)): notes.append(note)
            case .snapshot(let snapshot):
                #expect(notes == ["before"])
                received = snapshot
            default: break
            }
        }
        #expect(notes == ["before", "after"])
        #expect(received?.isSame(as: snapshot) == true)
        let first = await trainer.incoming.first { _ in true }
        guard case .snapshot(let other) = first else {
            Issue.record("\(String(describing: first))")
            return
        }
        #expect(other.isSame(as: snapshot))
    }

    @Test("says where rank 0 must run when there is no socket")
    func noSocket() {
        let error = #expect(throws: WireError.self) { try WireSocket.connected(to: "/nothing/trainer") }
        #expect(
            error?.description
                == "the daemon's socket /nothing/trainer does not answer: No such file or directory; rank 0 must run on the "
                + "daemon's machine, the first of `cluster.hosts`")
    }

    @Test("takes no snapshot that nobody waits for, nor one of another model")
    func unexpected() async throws {
        for expected in [nil, 3] {
            let pair = try WirePair()
            let (daemon, trainer) = (DaemonSide(pair.daemon), TrainerSide(pair.trainer))
            if let expected { daemon.expectSnapshot(valuesPerBuffer: expected) }
            try? await trainer.send(.sample(count: 4))
            guard case .ended(let error) = await daemon.incoming.first(where: { _ in true }) else {
                Issue.record("it was taken")
                return
            }
            #expect(error.code == .malformed)
        }
    }

    @Test(
        "ends with a sentence for bytes that are none of its own",
        arguments: [
            [0, 0, 0, 0, 0, 0, 0, 0, 0], [9, 1, 0, 0, 0, 0, 0, 0, 0],
            [1] + [UInt8](repeating: 255, count: 8), [1, 1, 0, 0, 1, 0, 0, 0, 0],
            [1, 2, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D], [1, 0, 0, 0, 0, 0, 0, 0, 0],
            [2] + [UInt8](repeating: 255, count: 8), [2, 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3],
            [2, 8, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0],
        ] as [[UInt8]])
    func garbage(bytes: [UInt8]) async throws {
        let pair = try WirePair()
        let daemon = DaemonSide(pair.daemon)
        daemon.expectSnapshot(valuesPerBuffer: 5)
        try pair.trainer.write(bytes)
        guard case .ended(let error) = await daemon.incoming.first(where: { _ in true }) else {
            Issue.record("it was taken")
            return
        }
        #expect(error.code == .malformed && !error.description.isEmpty)
    }

    @Test("survives whatever becomes of true messages on their way")
    func mutations() async throws {
        let source = try WirePair()
        let sender = TrainerSide(source.trainer)
        sender.send(.hello(version: 1, secret: "ab"))
        sender.send(.answer(number: 3, nil))
        try await sender.send(.sample(count: 40))
        sender.send(.alive)
        sender.finish()
        var bytes: [UInt8] = []
        while let byte = try? source.daemon.read(count: 1) { bytes += byte }
        var random = SplitMix(seed: 8)
        for _ in 0..<400 {
            var mutated = bytes
            for _ in 0...(random.next() % 3) {
                mutated[Int(random.next() % UInt64(mutated.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            let pair = try WirePair()
            let daemon = DaemonSide(pair.daemon)
            daemon.expectSnapshot(valuesPerBuffer: 40)
            try? pair.trainer.write(mutated)
            pair.trainer.end()
            var end: WireError?
            for await item in daemon.incoming { if case .ended(let error) = item { end = error } }
            #expect(end != nil)
        }
    }

    @Test("lets in who knows the secret alone, and says which version another one speaks")
    func hello() throws {
        let secret = TrainerEnvironment.freshSecret()
        #expect(secret.utf8.count == 64 && secret != TrainerEnvironment.freshSecret())
        for (version, given, code) in [
            (TrainerReport.version, secret, nil), (TrainerReport.version, "", WireError.Code.stranger),
            (TrainerReport.version, String(secret.dropLast()), .stranger),
            (TrainerReport.version + 1, secret, .stranger),
        ] {
            let pair = try WirePair()
            let trainer = TrainerSide(pair.trainer)
            trainer.send(.hello(version: version, secret: given))
            do {
                try pair.daemon.takeHello(secret: secret, within: 10)
                #expect(code == nil)
            } catch {
                #expect((error as? WireError)?.code == code)
            }
        }
    }
}
