import NN
import Spec

extension TrainingJob {
    /// Checks that the job can go on from a snapshot, which may be of an earlier spec of it.
    ///
    /// - Throws: `TrainingError` that says in what they differ: the length, the number of samples, the batch size, the
    ///   parameters or the optimizer's state.
    package func check(_ start: TrainingSnapshot) throws(TrainingError) {
        guard start.cursor.step <= plan.totalSteps else {
            throw TrainingError(
                .mismatch,
                "the checkpoint is at step \(start.cursor.step), and the job would end at step \(plan.totalSteps); "
                    + "go on from an earlier one or train for longer")
        }
        try plan.check(start.cursor)
        try checkBuffers(of: start)
    }

    /// Checks that a snapshot holds exactly the job's buffers, with its model's layout.
    ///
    /// - Throws: `TrainingError`.
    func checkBuffers(of snapshot: TrainingSnapshot) throws(TrainingError) {
        let tensors = model.layout.snapshotTensors
        guard snapshot.layout == tensors else {
            throw TrainingError(.mismatch, TrainingJob.difference(between: snapshot.layout, and: tensors))
        }
        let names = bufferNames
        guard snapshot.buffers.map(\.name) == names else {
            throw TrainingError(
                .mismatch,
                "the checkpoint holds \(snapshot.buffers.map(\.name).joined(separator: ", ")), "
                    + "but the job needs \(names.joined(separator: ", "))")
        }
        for buffer in snapshot.buffers where buffer.values.count != model.layout.count {
            throw TrainingError(
                .mismatch,
                "the checkpoint's \(buffer.name) has \(buffer.values.count) numbers, not \(model.layout.count)"
            )
        }
    }

    /// The names of a snapshot's buffers, parameters first.
    var bufferNames: [String] {
        ["parameters"] + spec.optimizer.makeOptimizer().stateNames + (spec.training.ema == nil ? [] : ["ema"])
    }

    private static func difference(
        between stored: [SnapshotTensor], and wanted: [SnapshotTensor]
    ) -> String {
        let problem = "the checkpoint holds other parameters than the model has"
        for tensor in wanted {
            guard let other = stored.first(where: { $0.name == tensor.name }) else {
                return "\(problem): it has no `\(tensor.name)`"
            }
            if other.shape != tensor.shape {
                return "\(problem): `\(tensor.name)` is \(other.shape) in it and \(tensor.shape) in the model"
            }
        }
        let names = Set(wanted.map(\.name))
        guard let extra = stored.first(where: { !names.contains($0.name) }) else { return problem }
        return "\(problem): it has `\(extra.name)` too"
    }
}

extension ParameterLayout {
    /// The layout as a snapshot holds it.
    package var snapshotTensors: [SnapshotTensor] {
        tensors.map { SnapshotTensor(name: $0.name, shape: $0.shape) }
    }
}
