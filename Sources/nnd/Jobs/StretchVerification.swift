import Control
import Parallel
import Store

/// Trains from one point of a job to a checkpoint again and compares all numbers. Nothing is stored.
struct StretchVerification: Verification {
    let job: TrainingJob
    /// Nil for the initial weights.
    let start: TrainingSnapshot?
    let from: JobStatus.CheckpointReference?
    let to: JobStatus.CheckpointReference
    let workers: Int
    /// Of the checkpoint at the end, which may be let go before the training comes there.
    let wanted: [TensorDigest]
    let weightsDigest: String

    func run(_ report: @escaping @Sendable (VerifyUpdate) -> Void) async throws {
        let sink = LastSnapshot(step: to.step)
        let coordinator = try await BlockingWork.run {
            try Coordinator(job: job, start: start, workers: workers, sink: sink)
        }
        await coordinator.pause(atStep: to.step)
        let outcome = try await follow(coordinator, report)
        try Task.checkCancellation()
        guard let snapshot = await sink.snapshot else {
            throw Problem(.internalError, "The training ended before step \(to.step): \(outcome).")
        }
        let found = try await BlockingWork.run { snapshot.tensorDigests }
        let difference = zip(wanted, found).first { $0 != $1 }?.0
        report(
            .comparison(
                VerifyComparison(
                    from: from, to: to, workers: workers, buffer: difference?.buffer,
                    tensor: difference?.tensor,
                    weightsDigest: weightsDigest)))
    }

    private func follow(
        _ coordinator: Coordinator, _ report: @escaping @Sendable (VerifyUpdate) -> Void
    ) async throws -> TrainingOutcome {
        let (fromStep, toStep) = (from?.step ?? 0, to.step)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await progress in coordinator.updates() {
                    report(
                        .progress(
                            VerifyProgress(
                                step: progress.cursor.step, fromStep: fromStep, toStep: toStep,
                                samplesPerSecond: progress.samplesPerSecond)))
                }
            }
            // The updates end with the run, and all of them are told before what it came to.
            let outcome = try await coordinator.run()
            try await group.waitForAll()
            return outcome
        }
    }
}

/// Keeps the snapshot at one step and lets all others go.
private actor LastSnapshot: SnapshotSink {
    private let step: Int
    private(set) var snapshot: TrainingSnapshot?

    init(step: Int) { self.step = step }

    func commit(_ snapshot: TrainingSnapshot) {
        if snapshot.cursor.step == step { self.snapshot = snapshot }
    }
}
