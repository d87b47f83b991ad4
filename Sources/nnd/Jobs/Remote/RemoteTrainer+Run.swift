import Foundation
import NN
import Parallel
import Spec
import TrainerWire

/// One run of the processes, from their start to the end of the last of them.
extension RemoteTrainer {
    func carryOut() async throws -> TrainingOutcome {
        let (door, secret) = (try WireDoor(in: temporaryDirectory), TrainerEnvironment.freshSecret())
        defer { door.shut() }
        var command = command
        command.environment[TrainerEnvironment.socket] = door.path
        command.environment[TrainerEnvironment.secret] = secret
        command.environment[TrainerEnvironment.heartbeat] = "\(limits.heartbeat)"
        let helper = try HelperProcess(command)
        phase = .starting(helper)
        if ending != nil { helper.end() }
        // Whoever waits at the door need not wait for one who does not come any more.
        let guardian = Task {
            _ = await helper.ended
            door.shut()
        }
        defer { guardian.cancel() }
        let result: Result<TrainingOutcome, any Error>
        do { result = .success(try await talk(helper, door, secret)) } catch { result = .failure(error) }
        helper.end()
        let exit = await helper.ended
        // Whoever goes on from the last commit must know which one that is.
        await committing?.value
        return try outcome(of: result, exit, helper.lastWords)
    }

    private var temporaryDirectory: String {
        let path = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
        // The path of a socket is short.
        return path.hasPrefix("/") && path.utf8.count < 70 ? path : "/tmp"
    }

    private func talk(_ helper: HelperProcess, _ door: WireDoor, _ secret: String) async throws
        -> TrainingOutcome
    {
        let connection = try await admit(door, secret)
        door.shut()
        defer { connection.end() }
        let watcher = Task { await watch(helper, connection) }
        defer { watcher.cancel() }
        connection.send(
            .begin(
                TrainerOrder(
                    spec: job.spec.canonicalJSON, isGoingOn: start != nil, workers: perRank,
                    patience: sink.patience.map { Int($0 / .milliseconds(1)) })))
        for await item in connection.incoming {
            signs += 1
            switch item {
            case .message(let report):
                if let outcome = try await take(report, helper, connection) { return outcome }
            case .snapshot(let snapshot): store(snapshot, over: connection)
            case .ended(let error): throw error
            }
            if let loss { throw loss }
        }
        throw WireError(.closed, "the connection was closed")
    }

    /// Waits for the trainer to come in; whoever does not know the secret is sent away.
    private func admit(_ door: WireDoor, _ secret: String) async throws -> Connection {
        let patience = Int32(limits.arrival / .milliseconds(1))
        let seconds = max(1, Int(patience / 1000))
        return try await BlockingWork.run {
            var last: (any Error)?
            let end = ContinuousClock.now + .milliseconds(Int(patience))
            while ContinuousClock.now < end, let socket = try door.admit(waiting: patience) {
                do {
                    try socket.takeHello(secret: secret, within: seconds)
                    return Connection(socket)
                } catch {
                    last = error
                    socket.end()
                }
            }
            if let last { throw last }
            throw TrainerLost("it did not come in")
        }
    }

    /// - Returns: How the run ended, when it has.
    private func take(
        _ report: TrainerReport, _ helper: HelperProcess, _ connection: Connection
    ) async throws -> TrainingOutcome? {
        switch report {
        case .hello, .alive: signs -= 1
        case .ready(let conditions): try await begin(conditions, helper, connection)
        case .refused(let failure), .failed(let failure): throw commits.failure ?? failure
        case .progress(let newest, let timings):
            guard newest.isWithinBounds else { throw TrainerLost("it told numbers that cannot be") }
            take(newest, timings)
        case .offeredAgain: storeAgain(over: connection)
        case .note(let message): await sink.note(String(message.prefix(1000)))
        case .answer(let number, let refusal): answer(number, refusal)
        case .ended(let outcome): return outcome
        }
        return nil
    }

    private func begin(
        _ conditions: TrainerConditions, _ helper: HelperProcess, _ connection: Connection
    ) async throws {
        guard case .starting = phase else { throw TrainerLost("it was ready a second time") }
        guard conditions.ranks == ranks else {
            throw TrainingFailure(
                "the launcher started processes that are not one job of \(ranks) ranks: rank 0 sees \(conditions.ranks); "
                    + "`mpirun` and nnd-rank must be of the same MPI", isOutsideTheJob: true)
        }
        let expected = instructionSet(of: job.spec)
        guard conditions.instructionSet == expected else {
            let advice =
                job.spec.cluster?.isPortable == true
                ? "install the same oneDNN on all machines"
                : "use machines with one kind of processor, or set `cluster.portable`"
            throw TrainingFailure(
                "the trainer computes with \(conditions.instructionSet) and not with \(expected), which give other bits; "
                    + advice, isOutsideTheJob: false)
        }
        guard conditions.dataFingerprint == job.dataFingerprint else {
            throw TrainingFailure(
                "the trainer has read other samples than the daemon has; give all machines the same files",
                isOutsideTheJob: false)
        }
        connection.expectSnapshot(valuesPerBuffer: job.model.layout.count)
        if let start { try await connection.send(start) } else { connection.send(.start) }
        // More may have been asked for while it read the data.
        connection.send(.scaleSoon(to: perRank))
        begin(helper, connection)
    }

    private func take(_ newest: TrainingProgress, _ timings: RunTimings) {
        let (held, digest) = (commits.heldReason, progress.weightsDigest)
        progress = newest
        progress.totalSteps = job.plan.totalSteps
        // One that was told before others were asked for may come after the answer.
        progress.workers = perRank * ranks
        (progress.heldReason, progress.weightsDigest) = (held, digest)
        self.timings = timings
        tellListeners()
    }

    private func outcome(
        of result: Result<TrainingOutcome, any Error>, _ exit: HelperProcess.Exit, _ words: String
    ) throws -> TrainingOutcome {
        switch result {
        case .success(let outcome): return outcome
        case .failure(let error):
            // What is ended has no end of its own to tell.
            if let ending { return ending }
            if let loss { throw loss }
            guard error is WireError || error is TrainerLost else { throw error }
            let said = words.isEmpty ? "" : " and said: \(words)"
            throw TrainerLost("the trainer is gone: \(error); it ended \(exit)\(said)")
        }
    }
}
