import NN
import Tensor

extension Worker {
    /// Copies all buffers at a step boundary and hashes the weights.
    ///
    /// On a worker's thread, because it takes long where there are many parameters, and nobody trains meanwhile.
    /// - Parameters:
    ///   - state: The buffers; nobody writes to them now.
    ///   - cursor: The step boundary.
    ///   - totals: What the epoch under way has come to.
    /// - Returns: A snapshot without metric rows; a failure when a number in it is not finite.
    func snapshot(
        _ state: TrainingState, cursor: TrainingCursor, totals: Tally
    ) -> Result<TrainingSnapshot, TrainingError> {
        if let buffer = state.firstNonfinite() {
            return .failure(
                TrainingError(
                    .nonfinite,
                    "a number in `\(buffer)` has overflowed by step \(cursor.step), so that step was not committed; "
                        + "try a smaller learning rate"))
        }
        let buffers = state.buffers()
        return .success(
            TrainingSnapshot(
                cursor: cursor, epochTotals: totals, layout: state.snapshotLayout, buffers: buffers,
                weightsDigest: state.layout.digest(of: buffers[0].values), metrics: []))
    }
}
