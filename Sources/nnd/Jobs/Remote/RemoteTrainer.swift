package import Parallel
import Spec
package import TrainerWire

/// A trainer in other processes, which it starts, speaks with, and leaves none of behind.
package actor RemoteTrainer: Trainer {
    typealias Connection = WireConnection<TrainerReport, TrainerRequest>

    let job: TrainingJob
    let start: TrainingSnapshot?
    let sink: any SnapshotSink
    let command: HelperCommand
    let ranks: Int
    /// How many there would be if none were lost, by which the workers are shared out.
    private let wantedRanks: Int
    let limits: RemoteLimits
    private let broadcast = Broadcast<TrainingProgress>()

    /// In all processes together, as told last.
    private(set) var workers: Int
    package internal(set) var progress: TrainingProgress
    package internal(set) var timings = RunTimings()
    var phase = Phase.ready
    /// What was asked before the trainer could be told.
    private var early: [TrainerRequest] = []
    private var answers: [Int: CheckedContinuation<Void, any Error>] = [:]
    private var requests = 0
    var commits = RemoteCommits()
    /// The storing of a snapshot that is under way, or was last.
    var committing: Task<Void, Never>?
    /// Counts what shows that the trainer goes on.
    var signs = 0
    /// Why it was given up.
    var loss: TrainerLost?
    /// How a run ends that was asked to when it had nothing to commit, or at once.
    var ending: TrainingOutcome?

    enum Phase {
        case ready
        /// It is being started, or reads the data.
        case starting(HelperProcess?)
        case training(HelperProcess, Connection)
        case ended
    }

    /// - Parameters:
    ///   - job: With its data, by which what the trainer says is checked.
    ///   - start: The snapshot to go on from; nil begins with the initial weights.
    ///   - workers: In all processes together; each has at least one.
    ///   - sink: Where snapshots go.
    ///   - command: Starts the processes, one of which serves the daemon.
    ///   - ranks: How many there are.
    ///   - wantedRanks: How many there are to be; more than there are when machines were lost, whose workers nobody takes over.
    ///   - limits: How long it may take for what.
    package init(
        job: TrainingJob, start: TrainingSnapshot?, workers: Int, sink: any SnapshotSink,
        command: HelperCommand, ranks: Int, wantedRanks: Int? = nil, limits: RemoteLimits = RemoteLimits()
    ) {
        (self.job, self.start, self.sink) = (job, start, sink)
        (self.command, self.ranks, self.limits) = (command, max(1, ranks), limits)
        self.wantedRanks = max(1, wantedRanks ?? ranks)
        self.workers = workers
        progress = TrainingProgress(
            cursor: start?.cursor ?? TrainingCursor(), totalSteps: job.plan.totalSteps,
            workers: ClusterSpec.workersPerRank(workers, ranks: self.wantedRanks) * self.ranks,
            learningRate: 0)
        progress.weightsDigest = start?.weightsDigest
    }

    /// - Throws: As a `Coordinator` does, and `TrainerLost`, `TrainingFailure` or `WireError` of its own.
    package func run() async throws -> TrainingOutcome {
        guard case .ready = phase else {
            throw TrainingError(.ended, "this trainer has run its job already")
        }
        phase = .starting(nil)
        defer { end() }
        return try await withTaskCancellationHandler {
            try await carryOut()
        } onCancel: {
            Task { await pause() }
        }
    }

    package nonisolated func updates() -> AsyncStream<TrainingProgress> { broadcast.listen() }

    // MARK: Requests

    package func stop() { if !endEarly(.stopped) { tell(.stop) } }
    package func pause() { if !endEarly(.paused) { tell(.pause) } }
    package func checkpointSoon() { tell(.checkpointSoon) }

    package func retryCommit() {
        tell(.retryCommit)
    }

    package func kill() {
        guard !endEarly(.stopped), case .training(let helper, _) = phase else { return }
        ending = .stopped
        tell(.kill)
        Task { [limits] in
            try? await Task.sleep(for: limits.death)
            helper.end()
        }
    }

    package func scaleSoon(to workers: Int) {
        guard (1...Coordinator.largestWorkerCount).contains(workers) else { return }
        self.workers = workers
        progress.workers = perRank * ranks
        if case .training = phase { tell(.scaleSoon(to: perRank)) }
    }

    package func scale(to workers: Int) async throws {
        guard (1...Coordinator.largestWorkerCount).contains(workers) else {
            throw TrainingError(
                .workers,
                "a job runs on 1 to \(Coordinator.largestWorkerCount) workers, not on \(workers)")
        }
        self.workers = workers
        switch phase {
        case .ended: throw Self.ended
        // It begins with as many.
        case .ready, .starting: progress.workers = perRank * ranks
        case .training:
            let perRank = perRank
            try await ask { .scale(to: perRank, number: $0) }
            progress.workers = self.perRank * ranks
        }
    }

    package func checkpoint() async throws {
        if let reason = commits.heldReason { throw TrainingError(.held, reason) }
        try await ask { .checkpoint(number: $0) }
    }

    /// Of each process.
    var perRank: Int { ClusterSpec.workersPerRank(workers, ranks: wantedRanks) }

    /// Whether the job has ended too, its supervisor knows.
    private static var ended: TrainingError {
        TrainingError(
            .ended, "the job's processes have ended; if it is running, ask again when it trains again")
    }

    /// Ends the run at once while it has nothing that is not committed, however long the ranks read their data.
    /// - Returns: False when it has begun to train, or has ended.
    private func endEarly(_ outcome: TrainingOutcome) -> Bool {
        switch phase {
        case .ready: break
        case .starting(let helper): helper?.end()
        case .training, .ended: return false
        }
        ending = ending ?? outcome
        return true
    }

    private func tell(_ request: TrainerRequest) {
        switch phase {
        case .ready, .starting: early.append(request)
        case .training(_, let connection): connection.send(request)
        case .ended: break
        }
    }

    private func ask(_ request: (Int) -> TrainerRequest) async throws {
        if case .ended = phase { throw Self.ended }
        requests += 1
        let number = requests
        tell(request(number))
        try await withCheckedThrowingContinuation { answers[number] = $0 }
    }

    // MARK: What comes of them

    /// From now on the trainer is told what it is asked for.
    func begin(_ helper: HelperProcess, _ connection: Connection) {
        phase = .training(helper, connection)
        for request in early { connection.send(request) }
        early = []
    }

    func answer(_ number: Int, _ refusal: TrainerRefusal?) {
        let waiting = answers.removeValue(forKey: number)
        if let refusal { waiting?.resume(throwing: refusal.error) } else { waiting?.resume() }
    }

    /// Those who wait for a snapshot are told that none can be stored for now.
    func refuseWaiting(_ error: TrainingError) {
        for waiting in answers.values { waiting.resume(throwing: error) }
        answers = [:]
    }

    func tellListeners() { broadcast.send(progress) }

    private func end() {
        phase = .ended
        refuseWaiting(TrainingError(.ended, "the job ended before this could be done"))
        progress.heldReason = nil
        broadcast.send(progress)
        broadcast.finish()
    }
}
