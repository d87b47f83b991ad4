import NN
import Spec
import Tensor

/// What a job does next: a pure state machine. The coordinator tells it what has happened and carries out
/// what it says.
package struct TrainingMachine: Sendable {
    package enum Action: Equatable, Sendable {
        /// Take at most so many steps; all lie in one epoch and before the next checkpoint.
        case train(steps: Int)
        /// Score the validation data, if there is any, and close the epoch.
        case validate
        /// Commit a snapshot. When `durably`, go on only after it is on disk.
        case checkpoint(durably: Bool)
        /// Go on with so many workers.
        case scale(to: Int)
        case finish(TrainingOutcome)
    }

    /// How a run is to end before its last step.
    package enum Ending: Sendable {
        case stop
        case pause
        /// At once, without a commit.
        case abandon
    }

    private let plan: TrainingPlan
    private let metrics: [MetricSpec]
    private let spec: JobSpec

    package private(set) var cursor: TrainingCursor
    package private(set) var epochTotals: Tally
    /// Rows that no committed snapshot holds yet.
    package private(set) var pendingMetrics: [MetricRow] = []
    /// The newest value of every metric.
    package private(set) var latest: [String: Double] = [:]
    /// What has been seen of the metrics that the job watches.
    package private(set) var monitors: TrainingMonitors

    private var lastCheckpoint: Int
    /// The step at which a checkpoint was due last and left out.
    private var skippedAt: Int?
    private var isEpochOpen = false
    private var ending: Ending?
    /// The step at which the run pauses by itself.
    private var pauseStep: Int?
    private var wantsCheckpoint = false
    /// Whether enough time has passed since the last checkpoint for another one.
    private var isCheckpointTime = false
    private var scaleTarget: Int?
    private var failure: String?

    package init(job: TrainingJob, start: TrainingSnapshot?) {
        plan = job.plan
        metrics = job.metrics
        spec = job.spec
        monitors = TrainingMonitors(job.spec, from: start?.monitors)
        cursor = start?.cursor ?? TrainingCursor()
        epochTotals = start?.epochTotals ?? Tally()
        // A job that starts afresh has nothing on disk, not even at step 0.
        lastCheckpoint = start?.cursor.step ?? -1
        isEpochOpen = epochTotals.samples > 0
    }

    // MARK: Requests

    /// Nothing takes back that the run ends at once.
    package mutating func request(_ ending: Ending) {
        if !isAbandoned { self.ending = ending }
    }
    package mutating func requestPause(atStep step: Int) { pauseStep = step }
    package mutating func requestCheckpoint() { wantsCheckpoint = true }
    /// Says that it is time for a checkpoint, which nobody waits for.
    package mutating func timePassed() { isCheckpointTime = true }
    package mutating func requestScale(to workers: Int) { scaleTarget = workers }

    // MARK: What comes next

    package func next() -> Action {
        if let scaleTarget, !isAbandoned { return .scale(to: scaleTarget) }
        let isDone = cursor.step >= plan.totalSteps || reasonToStop != nil
        let isUnscored = isEpochOpen && (cursor.samplesInEpoch == 0 || isDone) && failure == nil
        let isCommitted = lastCheckpoint == cursor.step && pendingMetrics.isEmpty
        if isAbandoned { return .finish(isDone && !isUnscored && isCommitted ? completion : .stopped) }
        let isToEnd = ending != nil || pauseStep.map { cursor.step >= $0 } ?? false
        if failure != nil || (isDone && !isUnscored) || isToEnd {
            if !isCommitted { return .checkpoint(durably: true) }
            if let failure { return .finish(.failed(reason: failure)) }
            if isDone && !isUnscored { return .finish(completion) }
            return .finish(ending == .stop ? .stopped : .paused)
        }
        if wantsCheckpoint { return .checkpoint(durably: true) }
        // Scoring can take long, so whoever waits comes first; the epoch's sums are in every snapshot.
        if isUnscored { return .validate }
        if lastCheckpoint != cursor.step && skippedAt != cursor.step && isCheckpointDue {
            return .checkpoint(durably: false)
        }
        return .train(steps: stepsToNextBoundary)
    }

    /// By what metrics have lowered the learning rate; the same throughout an epoch.
    package var rateFactor: Double { monitors.plateau?.factor ?? 1 }

    private var reasonToStop: String? { monitors.reasonToStop(spec.training.earlyStopping) }

    private var completion: TrainingOutcome {
        guard cursor.step < plan.totalSteps, let reasonToStop else { return .completed }
        return .stoppedEarly(reason: reasonToStop)
    }

    /// Whether the run has been asked to end, or to go on with other workers: what the coordinator does even while the
    /// job holds still.
    package var hasUrgentRequest: Bool { ending != nil || scaleTarget != nil }

    /// Whether the run has been asked to end at once, without a commit.
    package var isAbandoned: Bool { ending == .abandon }

    /// Whether the run has been asked to end.
    package var isEnding: Bool { ending != nil }

    /// Whether an epoch has just ended: a checkpoint here may be the best, and is not left out.
    package var isBetweenEpochs: Bool { cursor.samplesInEpoch == 0 }

    private var isCheckpointDue: Bool {
        if isCheckpointTime { return cursor.step > 0 }
        guard let everySteps = spec.checkpoint.everySteps else {
            return cursor.step > 0 && cursor.samplesInEpoch == 0
        }
        return cursor.step > 0 && cursor.step.isMultiple(of: everySteps)
    }

    private var stepsToNextBoundary: Int {
        var steps = min(plan.stepsLeftInEpoch(at: cursor), plan.totalSteps - cursor.step)
        if let everySteps = spec.checkpoint.everySteps {
            steps = min(steps, everySteps - cursor.step % everySteps)
        }
        if let pauseStep { steps = min(steps, pauseStep - cursor.step) }
        return steps
    }

    // MARK: What has happened

    package mutating func trained(_ result: StepRunResult) {
        // These steps were under way when a snapshot was refused; they began from what must not be committed.
        if failure != nil { return }
        for step in result.steps {
            if !step.isFinite && spec.training.onNonfinite == .stop {
                failure =
                    "loss or gradient was not finite at step \(cursor.step + 1); the weights are those of step "
                    + "\(cursor.step). Try a smaller learning rate, or `training.on_nonfinite: skip`"
                return
            }
            let rows = plan.batch(at: cursor).count
            cursor.advance(rows: rows, applied: step.isFinite, plan: plan)
            if step.isFinite { epochTotals += step.tally }
            isEpochOpen = true
        }
        if let error = result.failure { failure = "\(error)" }
    }

    /// - Parameters:
    ///   - tally: What the validation data came to; nil when there is none.
    ///   - scores: The job's metrics on the validation data, by name.
    package mutating func validated(_ tally: Tally?, metrics scores: [String: Double] = [:]) {
        defer {
            epochTotals = Tally()
            isEpochOpen = false
        }
        if epochTotals.samples == 0 {
            failure =
                "no step of the epoch had a finite loss and gradient, so all were left out; try a smaller learning rate"
            return
        }
        let measuredBefore = pendingMetrics.count
        note("loss", epochTotals.meanLoss)
        for (name, value) in epochTotals.metrics(among: metrics) { note(name, value) }
        if let tally {
            note("val_loss", tally.meanLoss)
            let scores = tally.metrics(among: metrics).merging(scores) { $1 }
            // A dictionary's order differs from process to process.
            for (name, value) in scores.sorted(by: { $0.key < $1.key }) { note("val_" + name, value) }
            if !tally.lossSum.isFinite {
                failure = "the validation loss is not finite; try a smaller learning rate"
            }
        }
        monitors.epochEnded(Array(pendingMetrics[measuredBefore...]), of: spec)
    }

    private mutating func note(_ name: String, _ value: Double?) {
        guard let value, value.isFinite else { return }
        latest[name] = value
        pendingMetrics.append(MetricRow(step: cursor.step, epoch: cursor.epoch, name: name, value: value))
    }

    /// A snapshot of this moment is being taken and will be committed, with the rows that are pending.
    package mutating func checkpointed() {
        lastCheckpoint = cursor.step
        wantsCheckpoint = false
        isCheckpointTime = false
    }

    /// The checkpoint that is due is left out; the rows that are pending wait for the next one.
    package mutating func skippedCheckpoint() {
        skippedAt = cursor.step
        isCheckpointTime = false
    }

    /// The rows for the snapshot that is being taken.
    package mutating func takePendingMetrics() -> [MetricRow] {
        defer { pendingMetrics = [] }
        return pendingMetrics
    }

    /// This moment must not be committed: the job ends, and what is on disk stays the last good one.
    package mutating func refused(_ reason: String) {
        failure = reason
        pendingMetrics = []
        checkpointed()
    }

    /// The job cannot go on; what it has come to is committed.
    package mutating func failed(_ reason: String) { failure = reason }

    package mutating func scaled() { scaleTarget = nil }
}
