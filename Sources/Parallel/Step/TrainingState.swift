import NN
import Spec
import Tensor

/// The flat buffers of a job: its parameters with the running averages behind them, the optimizer's state, and the
/// average of the weights where the job keeps one. All workers see the same ones.
///
/// Between two barriers of a step each range is either read by anybody or written by the one worker whose
/// slice it is; between runs only the coordinator touches them.
final class TrainingState: Sendable {
    let layout: ParameterLayout
    let parameters: FlatBuffer
    let optimizer: any Optimizer
    let optimizerState: [FlatBuffer]
    let clipping: GradientClipping?
    let ema: EMA?

    /// An exponential moving average of the parameters, with the newest running averages behind it.
    struct EMA: Sendable {
        let values: FlatBuffer
        /// The part of the parameters in it at each update.
        let rest: Float
    }

    /// All zero.
    ///
    /// - Parameters:
    ///   - job: Whose.
    ///   - isReceived: Whether the optimizer's state and the average come from another process, as far as they are needed
    ///     here: the rest is never touched, and takes no memory.
    init(_ job: TrainingJob, isReceived: Bool = false) {
        layout = job.model.layout
        parameters = FlatBuffer(count: layout.count)
        optimizer = job.spec.optimizer.makeOptimizer()
        let count = layout.count
        func buffer() -> FlatBuffer {
            isReceived ? FlatBuffer(uninitialized: count) : FlatBuffer(count: count)
        }
        optimizerState = optimizer.stateNames.map { _ in buffer() }
        clipping = GradientClipping(job.spec.training)
        ema = job.spec.training.ema.map { EMA(values: buffer(), rest: Float(1 - $0.decay)) }
    }

    /// What the job is scored with.
    var scoredWeights: FlatBuffer { ema?.values ?? parameters }

    /// All buffers by name, parameters first.
    var named: [(name: String, buffer: FlatBuffer)] {
        [("parameters", parameters)] + Array(zip(optimizer.stateNames, optimizerState))
            + (ema.map { [("ema", $0.values)] } ?? [])
    }

    /// The layout as a snapshot holds it.
    var snapshotLayout: [SnapshotTensor] { layout.snapshotTensors }

    /// Begins with these parameters and running averages; the average of the weights begins as a copy.
    func begin(with values: [Float]) {
        parameters.write(values, at: 0)
        ema?.values.write(values, at: 0)
    }

    /// Takes over what a snapshot holds, which is the job's by `TrainingJob.checkBuffers`.
    func restore(_ snapshot: TrainingSnapshot) {
        for (buffer, target) in zip(snapshot.buffers, named) { target.buffer.write(buffer.values, at: 0) }
    }
}
