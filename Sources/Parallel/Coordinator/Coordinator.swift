import Datasets
import NN
import Spec
import Tensor

/// Runs one job: hands out runs of steps to its workers, scores, takes snapshots, and does what it is asked
/// to at the next step boundary.
///
/// It decides nothing itself: `TrainingMachine` says what comes next. Every `await` here is a point at which
/// requests come in; they only mark the machine and end the run of steps under way.
public actor Coordinator {
    let job: TrainingJob
    let state: TrainingState
    private let memory: StepMemory
    let copies: SnapshotMemory
    let sink: any SnapshotSink
    private let cores: Int
    /// Where the job runs on several ranks, of which this is rank 0: what they send each other.
    let exchange: StepExchange?
    let broadcast = Broadcast<TrainingProgress>()

    var machine: TrainingMachine
    var workers: [Worker] = []
    /// As scaled to last; stays when the workers go at the end.
    private var workerCount: Int
    private var currentRun: StepRun?
    private var throughput = Throughput()
    private var order = EpochRows()
    /// The scoring of the validation data that is under way.
    private var evaluation: EvaluationRun?
    private var currentPortion: EvaluationPortion?
    var commits = Commits()
    /// Why the last run of steps could not read its samples, which is thrown.
    private var dataFailure: (any Error)?
    private var scaleWaiters: [CheckedContinuation<Void, any Error>] = []
    var checkpointWaiters: [CheckedContinuation<Void, any Error>] = []
    private var phase = Phase.ready
    let stepClock = StepClock()
    /// Where the workers note when steps end; nil notes nothing.
    private var stepTimes: StepTimes?

    private enum Phase {
        case ready
        case running
        case ended
    }

    /// How long the workers train or score between two looks of the coordinator at its requests.
    private static let longestRun = Duration.milliseconds(100)
    /// The most workers that a job may have.
    public static let largestWorkerCount = 1024

    /// A coordinator that is ready to run.
    ///
    /// - Parameters:
    ///   - job: What to train.
    ///   - start: The snapshot to go on from; nil begins with the initial weights.
    ///   - workers: 1 ... `largestWorkerCount`. Changes the speed and nothing else.
    ///   - sink: Where snapshots go.
    /// - Throws: `TrainingError` when the snapshot is of another model or the number of workers cannot be.
    public init(
        job: TrainingJob, start: TrainingSnapshot?, workers: Int, sink: any SnapshotSink
    ) throws(TrainingError) {
        try self.init(job: job, start: start, workers: workers, sink: sink, ranks: nil)
    }

    /// As the initializer above, for rank 0 of a job on several ranks, each of which has as many workers; nil for one that
    /// runs in this process alone.
    package init(
        job: TrainingJob, start: TrainingSnapshot?, workers: Int, sink: any SnapshotSink, ranks: RankLink?
    ) throws(TrainingError) {
        try Coordinator.check(workers: workers)
        self.job = job
        self.sink = sink
        state = TrainingState(job)
        memory = StepMemory(job, optimizer: state.optimizer)
        copies = SnapshotMemory(state)
        cores = ranks?.coresToUse ?? automaticWorkerCount()
        exchange = ranks.map { [state, memory] in StepExchange($0, job, state, memory) }
        if let start {
            try job.check(start)
            state.restore(start)
        } else if let values = job.initialValues {
            state.begin(with: values)
        } else {
            throw TrainingError(
                .mismatch, "the job was made ready to go on from a snapshot, and there is none to go on from")
        }
        machine = TrainingMachine(job: job, start: start)
        commits.digest = start?.weightsDigest
        workerCount = workers
        machine.requestScale(to: workers)
    }

    /// Has the times of all steps noted from the next run of steps on.
    package func note(stepsIn times: StepTimes) { stepTimes = times }

    // MARK: Running

    /// Trains until the job is done, has failed, or is asked to stop or pause. The last step boundary is
    /// durable then.
    /// - Throws: what the sink throws when a snapshot cannot be committed; `DataError` when a file with samples has
    ///   changed or cannot be read, `TrainingFailure` when one cannot be read on another rank; `TrainingError` when called
    ///   twice.
    public func run() async throws -> TrainingOutcome {
        guard phase == .ready else { throw TrainingError(.ended, "this coordinator has run its job already") }
        phase = .running
        commits.lastTaken = .now
        defer { end() }
        return try await withTaskCancellationHandler {
            try await leading { try await carryOut() }
        } onCancel: {
            Task { await pause() }
        }
    }

    private func carryOut() async throws -> TrainingOutcome {
        while true {
            await holdStill()
            if let failure = commits.failure { throw failure }
            lookAtTheClock()
            switch machine.next() {
            case .train(let steps): try await train(steps: steps)
            case .validate: await validate()
            case .checkpoint(let durably): try await takeCheckpoint(durably: durably)
            case .scale(let count): scaleWorkers(to: count)
            case .finish(let outcome):
                // What it finds may be the reason for the end.
                if commits.isUnderWay {
                    try await awaitCommit()
                    continue
                }
                if let dataFailure { throw dataFailure }
                return outcome
            }
            broadcast.send(progress)
        }
    }

    private func train(steps: Int) async throws {
        try await exchange?.link.send(
            .train(
                cursor: machine.cursor, steps: steps, rateFactor: machine.rateFactor, workers: workers.count))
        let run = StepRun(
            job: job, state: state, memory: memory, start: machine.cursor,
            order: order.rows(ofEpoch: machine.cursor.epoch, job),
            steps: steps, rateFactor: machine.rateFactor, workers: workers.count, cores: cores,
            deadline: .now + Coordinator.longestRun, clock: stepClock, times: stepTimes,
            exchange: exchange)
        if throughput.samplesPerSecond == nil { throughput.note(samples: machine.cursor.samples, at: .now) }
        currentRun = run
        let result = await run.train(on: workers)
        currentRun = nil
        dataFailure = result.failure.flatMap(Coordinator.thrown)
        machine.trained(result)
        throughput.note(samples: machine.cursor.samples, at: .now)
    }

    /// Samples that cannot be read on another rank are as those of this one, where that may be mended.
    private static func thrown(_ error: any Error) -> (any Error)? {
        switch error {
        case let error as DataError: error
        case let failure as TrainingFailure where failure.isOutsideTheJob: failure
        default: nil
        }
    }

    private func validate() async {
        guard let data = job.validation else { return machine.validated(nil) }
        var run = evaluation ?? EvaluationRun(data, loss: job.loss, metrics: job.metrics)
        defer { currentPortion = nil }
        do {
            if let exchange {
                run.take(try await scoreNextChunks(run, over: exchange))
            } else {
                let portion = run.nextPortion(until: .now + Coordinator.longestRun)
                currentPortion = portion
                run.take(try await portion.score(on: workers))
            }
        } catch {
            // The steps up to here are committed before the job ends.
            dataFailure = Coordinator.thrown(error)
            return machine.failed("\(error)")
        }
        evaluation = run
        if let score = run.result {
            machine.validated(score.tally, metrics: score.metrics?.values ?? [:])
            evaluation = nil
        }
    }

    // MARK: Requests

    /// Ends the run of steps or the portion of scoring under way as soon as can be.
    func endCurrentRun() {
        currentRun?.requestEnd()
        currentPortion?.requestEnd()
    }

    /// Asks `run()` to commit and return `.stopped` at the next step boundary.
    public func stop() {
        machine.request(.stop)
        endCurrentRun()
        retryCommit()
    }

    /// Asks `run()` to commit and return `.paused` at the next step boundary.
    public func pause() {
        machine.request(.pause)
        endCurrentRun()
        retryCommit()
    }

    /// Asks `run()` to return `.stopped` at the next step boundary without a commit: what came after the last one is
    /// gone. A commit that is under way is waited for, and not tried again.
    public func kill() {
        machine.request(.abandon)
        endCurrentRun()
        retryCommit()
    }

    /// Has `run()` commit and return `.paused` when so many steps have passed, should it come so far. Whatever depends
    /// on the job's length is as if it trained to its end.
    package func pause(atStep step: Int) { machine.requestPause(atStep: step) }

    /// Goes on with another number of workers from the next step boundary; returns when that is so.
    /// - Throws: `TrainingError` when the number cannot be or the job has ended.
    public func scale(to workers: Int) async throws {
        try Coordinator.check(workers: workers)
        try checkNotEnded()
        machine.requestScale(to: workers)
        // Before the run there is nothing to wait for: it begins with as many.
        if phase == .ready {
            workerCount = workers
            return
        }
        endCurrentRun()
        releaseLoop()
        try await withCheckedThrowingContinuation { scaleWaiters.append($0) }
    }

    /// Goes on with another number of workers from the next step boundary, which nobody waits for. Nothing happens when
    /// the job has ended or the number cannot be.
    package func scaleSoon(to workers: Int) {
        guard phase != .ended, (1...Coordinator.largestWorkerCount).contains(workers) else { return }
        machine.requestScale(to: workers)
        if phase == .ready { workerCount = workers }
        endCurrentRun()
        releaseLoop()
    }

    /// Takes a snapshot at the next step boundary; returns when it is durable.
    /// - Throws: what the sink throws; `TrainingError` when the job has ended or holds still.
    public func checkpoint() async throws {
        try checkNotEnded()
        if let hold = commits.hold { throw TrainingError(.held, hold.reason) }
        machine.requestCheckpoint()
        endCurrentRun()
        try await withCheckedThrowingContinuation { checkpointWaiters.append($0) }
    }

    /// Takes a snapshot at the next step boundary, which nobody waits for: as if the job's interval had passed.
    package func checkpointSoon() {
        machine.timePassed()
        endCurrentRun()
    }

    func scaleWorkers(to count: Int) {
        while workers.count > count { workers.removeLast() }
        while workers.count < count {
            workers.append(Worker(index: workers.count, model: job.model, state: state))
        }
        workerCount = count
        machine.scaled()
        throughput.reset()
        for waiter in scaleWaiters { waiter.resume() }
        scaleWaiters = []
    }

    private func end() {
        phase = .ended
        workers = []
        let error = TrainingError(.ended, "the job ended before this could be done")
        for waiter in scaleWaiters + checkpointWaiters { waiter.resume(throwing: error) }
        (scaleWaiters, checkpointWaiters) = ([], [])
        broadcast.send(progress)
        broadcast.finish()
    }

    private func checkNotEnded() throws(TrainingError) {
        if phase == .ended { throw TrainingError(.ended, "the job has ended") }
    }

    private static func check(workers: Int) throws(TrainingError) {
        guard (1...largestWorkerCount).contains(workers) else {
            throw TrainingError(
                .workers, "a job runs on 1 to \(largestWorkerCount) workers, not on \(workers)")
        }
    }

    // MARK: Watching

    /// What the job looks like now.
    public var progress: TrainingProgress {
        let cursor = machine.cursor
        let speed = throughput.samplesPerSecond
        let left = job.plan.samples(inSteps: job.plan.totalSteps) - Double(cursor.samples)
        var metrics = machine.latest
        let lastLoss = metrics.removeValue(forKey: "loss")
        for (name, value) in machine.epochTotals.metrics(among: job.metrics) { metrics[name] = value }
        return TrainingProgress(
            cursor: cursor, totalSteps: job.plan.totalSteps, workers: workerCount,
            loss: machine.epochTotals.meanLoss ?? lastLoss, metrics: metrics, samplesPerSecond: speed,
            etaSeconds: speed.flatMap { $0 > 0 ? left / $0 : nil }, weightsDigest: commits.digest,
            learningRate: state.optimizer.learningRate * machine.rateFactor
                * job.schedule.factor(step: cursor.step),
            heldReason: commits.hold?.reason)
    }

    /// The progress after every change worth showing, about ten times a second, until the run ends. A slow
    /// listener sees the newest value.
    public nonisolated func updates() -> AsyncStream<TrainingProgress> { broadcast.listen() }
}
