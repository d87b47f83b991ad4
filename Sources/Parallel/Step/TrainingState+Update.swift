import NN
import Tensor

extension TrainingState {
    /// Changes everything that a step changes, in one piece of the layout: lets the optimizer update the parameters,
    /// and takes the running averages and the average of the weights along.
    ///
    /// - Parameters:
    ///   - gradient: Summed over all shards, and clipped; behind it what they observed. Used up in the piece.
    ///   - range: The piece.
    ///   - stretches: What the optimizer changes in it.
    ///   - number: Of the update, counted from 1.
    ///   - rateFactor: By what the learning rate is multiplied.
    func update(
        with gradient: FlatBuffer, in range: Range<Int>, stretches: [ParameterLayout.Stretch],
        update number: Int, rateFactor: Double
    ) {
        optimizer.step(
            parameters, gradients: gradient, state: optimizerState, stretches: stretches, update: number,
            rateFactor: rateFactor)
        if range.upperBound > layout.parameterCount { updateAverages(with: gradient, in: range) }
        updateEMA(in: range)
    }

    /// Takes what a step's shards saw into the running averages in `range`.
    private func updateAverages(with observed: FlatBuffer, in range: Range<Int>) {
        for entry in layout.averages {
            let part = entry.range.clamped(to: range)
            if !part.isEmpty { parameters.average(observed, momentum: entry.average.momentum, in: part) }
        }
    }

    /// Running averages are averaged already, so they are taken as they are.
    private func updateEMA(in range: Range<Int>) {
        guard let ema else { return }
        ema.values.approach(parameters, rest: ema.rest, in: range.clamped(to: 0..<layout.parameterCount))
        ema.values.copy(parameters, in: range.clamped(to: layout.parameterCount..<layout.count))
    }
}
