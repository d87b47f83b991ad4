import NN
import Tensor

/// The flat buffers of a job: its parameters with the running averages behind them, and the optimizer's state. All workers see the same ones.
///
/// Between two barriers of a step each range is either read by anybody or written by the one worker whose
/// slice it is; between runs only the coordinator touches them.
final class TrainingState: Sendable {
    let layout: ParameterLayout
    let parameters: FlatBuffer
    let optimizer: any Optimizer
    let optimizerState: [FlatBuffer]

    /// All zero.
    init(layout: ParameterLayout, optimizer: any Optimizer) {
        self.layout = layout
        parameters = FlatBuffer(count: layout.count)
        self.optimizer = optimizer
        optimizerState = optimizer.stateNames.map { _ in FlatBuffer(count: layout.count) }
    }

    static let parametersName = "parameters"

    /// The layout as a snapshot holds it.
    var snapshotLayout: [SnapshotTensor] {
        layout.tensors.map { SnapshotTensor(name: $0.name, shape: $0.shape) }
    }

    /// Takes what a step's shards saw into the running averages in `slice`.
    func updateAverages(with observed: FlatBuffer, in slice: Range<Int>) {
        for entry in layout.averages {
            let part = entry.range.clamped(to: slice)
            if !part.isEmpty { parameters.average(observed, momentum: entry.average.momentum, in: part) }
        }
    }

    /// Copies of all buffers by name, parameters first.
    func buffers() -> [SnapshotBuffer] {
        [SnapshotBuffer(name: TrainingState.parametersName, values: parameters.values)]
            + zip(optimizer.stateNames, optimizerState).map { SnapshotBuffer(name: $0, values: $1.values) }
    }

    /// The name of the first buffer with a number that is not finite; nil when there is none.
    func firstNonfinite() -> String? {
        zip([TrainingState.parametersName] + optimizer.stateNames, [parameters] + optimizerState)
            .first { !$1.isFinite(in: 0..<layout.count) }?.0
    }

    /// Takes over what a snapshot holds.
    /// - Throws: `TrainingError` unless the snapshot holds exactly these buffers with this layout.
    func restore(_ snapshot: TrainingSnapshot) throws(TrainingError) {
        guard snapshot.layout == snapshotLayout else {
            throw TrainingError(.mismatch, "the checkpoint holds other parameters than the model has")
        }
        let names = [TrainingState.parametersName] + optimizer.stateNames
        guard snapshot.buffers.map(\.name) == names else {
            throw TrainingError(
                .mismatch,
                "the checkpoint holds \(snapshot.buffers.map(\.name).joined(separator: ", ")), "
                    + "but the job needs \(names.joined(separator: ", "))")
        }
        for (buffer, target) in zip(snapshot.buffers, [parameters] + optimizerState) {
            guard buffer.values.count == layout.count else {
                throw TrainingError(
                    .mismatch,
                    "the checkpoint's \(buffer.name) has \(buffer.values.count) numbers, not \(layout.count)")
            }
            target.write(buffer.values, at: 0)
        }
    }
}
