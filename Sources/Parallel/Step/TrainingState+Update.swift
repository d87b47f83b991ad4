import NN
import Tensor

extension TrainingState {
    /// Changes everything that a step changes, in `slice`: clips the gradient, lets the optimizer update the
    /// parameters, and takes the running averages and the average of the weights along.
    ///
    /// - Parameters:
    ///   - gradient: Summed over all shards; behind it what they observed. Used up in `slice`.
    ///   - squares: Those of all blocks of the gradient, where it is clipped by its norm.
    ///   - slice: What is changed.
    ///   - number: Of the update, counted from 1.
    ///   - rateFactor: By what the learning rate is multiplied.
    func update(
        with gradient: FlatBuffer, squares: [Double], in slice: Range<Int>, update number: Int,
        rateFactor: Double
    ) {
        clipping?.clip(gradient, layout: layout, in: slice, squares: squares)
        optimizer.step(
            parameters, gradients: gradient, state: optimizerState, layout: layout, in: slice, update: number,
            rateFactor: rateFactor)
        updateAverages(with: gradient, in: slice)
        updateEMA(in: slice)
    }

    /// Takes what a step's shards saw into the running averages in `slice`.
    private func updateAverages(with observed: FlatBuffer, in slice: Range<Int>) {
        for entry in layout.averages {
            let part = entry.range.clamped(to: slice)
            if !part.isEmpty { parameters.average(observed, momentum: entry.average.momentum, in: part) }
        }
    }

    /// Running averages are averaged already, so they are taken as they are.
    private func updateEMA(in slice: Range<Int>) {
        guard let ema else { return }
        ema.values.approach(parameters, rest: ema.rest, in: slice.clamped(to: 0..<layout.parameterCount))
        ema.values.copy(parameters, in: slice.clamped(to: layout.parameterCount..<layout.count))
    }
}
