import Control
import NN
import Parallel
import Store

/// Reads checkpoints, one at a time, and checks all hashes in them.
struct CheckpointVerification: Verification {
    let store: Store
    let layout: ParameterLayout
    /// The newest first.
    let checkpoints: [CheckpointRecord]
    /// The ids of those from which the job could go on.
    let way: Set<Int>

    func run(_ report: @escaping @Sendable (VerifyUpdate) -> Void) async throws {
        var summary = VerifySummary(checkpoints: 0, damaged: 0, goesOnFrom: nil)
        for checkpoint in checkpoints {
            try Task.checkCancellation()
            var damage: String?
            do {
                damage = try await self.damage(checkpoint)
            } catch let error as StoreError {
                // Let go since the list was made.
                if error.code == .noSuchCheckpoint { continue }
                if error.code == .cancelled { throw CancellationError() }
                damage = error.description
            }
            summary.checkpoints += 1
            if damage != nil {
                summary.damaged += 1
            } else if summary.goesOnFrom == nil, way.contains(checkpoint.id) {
                summary.goesOnFrom = .init(id: checkpoint.id, step: checkpoint.step)
            }
            report(
                .checkpoint(
                    CheckpointCheck(
                        id: checkpoint.id, branch: checkpoint.branch, step: checkpoint.step, damage: damage)))
        }
        report(.summary(summary))
    }

    /// What is wrong with a checkpoint; nil for nothing.
    private func damage(_ checkpoint: CheckpointRecord) async throws -> String? {
        let snapshot = try await store.snapshot(checkpoint: checkpoint.id)
        let layout = layout
        return try await BlockingWork.run {
            let place = "checkpoint \(checkpoint.id) is damaged"
            guard snapshot.layout == layout.snapshotTensors, let parameters = snapshot.buffers.first else {
                return "\(place): its parameters are not those of the job's model"
            }
            guard layout.digest(of: parameters.values) == snapshot.weightsDigest else {
                return "\(place): its parameters do not match its weights digest"
            }
            return nil
        }
    }
}
