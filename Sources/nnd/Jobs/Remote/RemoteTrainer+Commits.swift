import NN
import Parallel
import TrainerWire

/// Snapshots: checked, and stored as those of a trainer in this process are.
extension RemoteTrainer {
    /// Stores a snapshot beside the run, and tells the trainer what has become of it.
    func store(_ snapshot: TrainingSnapshot, over connection: Connection, isChecked: Bool = false) {
        guard !commits.isUnderWay else {
            return lose("it offered a snapshot before the one before was stored")
        }
        commits.isUnderWay = true
        committing = Task { await commit(snapshot, connection, isChecked: isChecked) }
    }

    /// Stores the one that was held once more.
    func storeAgain(over connection: Connection) {
        guard let held = commits.held else {
            return lose("it offered a snapshot again that there is none of")
        }
        store(held.snapshot, over: connection, isChecked: true)
    }

    private func commit(_ snapshot: TrainingSnapshot, _ connection: Connection, isChecked: Bool) async {
        do {
            if !isChecked { try await check(snapshot) }
        } catch {
            commits.isUnderWay = false
            return lose("its snapshot is not what it should be: \(error)")
        }
        do {
            try await sink.commit(snapshot)
            commits = RemoteCommits()
            progress.weightsDigest = snapshot.weightsDigest
            connection.expectSnapshot(valuesPerBuffer: job.model.layout.count)
            connection.send(.committed)
        } catch {
            commits.isUnderWay = false
            commits.failure = error
            if let reason = sink.reasonToHold(error) {
                commits.held = (snapshot, reason)
                connection.send(.held(reason: reason))
            } else {
                commits.held = nil
                connection.send(.commitFailed(reason: "\(error)"))
            }
        }
        signs += 1
        progress.heldReason = commits.heldReason
        tellListeners()
    }

    /// It may have been damaged on its way, or be none of this job.
    private func check(_ snapshot: TrainingSnapshot) async throws {
        let job = job
        try await BlockingWork.run {
            try job.check(snapshot)
            guard job.model.layout.digest(of: snapshot.buffers[0].values) == snapshot.weightsDigest else {
                throw TrainingError(.mismatch, "its digest is not that of its weights")
            }
        }
    }
}
