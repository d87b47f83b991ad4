import NN
import Tensor

/// A copy of a job's buffers at a step boundary, before anything has been looked at.
///
/// To copy is all that training waits for. The rest, looking for numbers that are not finite and hashing the weights, is
/// done while it goes on.
struct SnapshotDraft: Sendable {
    let cursor: TrainingCursor
    let epochTotals: Tally
    let monitors: TrainingMonitors
    let metrics: [MetricRow]
    let buffers: [SnapshotBuffer]

    /// On the cooperative pool, letting others in between buffers.
    /// - Throws: `TrainingError` of code `.nonfinite` when a number must not be committed.
    @concurrent
    func finished(_ state: TrainingState) async throws(TrainingError) -> TrainingSnapshot {
        for buffer in buffers {
            guard FlatBuffer.isFinite(buffer.values) else {
                throw TrainingError(
                    .nonfinite,
                    "a number in `\(buffer.name)` has overflowed by step \(cursor.step), so that step was not "
                        + "committed; try a smaller learning rate")
            }
            await Task.yield()
        }
        return TrainingSnapshot(
            cursor: cursor, epochTotals: epochTotals, monitors: monitors, layout: state.snapshotLayout,
            buffers: buffers, weightsDigest: state.layout.digest(of: buffers[0].values), metrics: metrics)
    }
}
