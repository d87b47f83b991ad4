/// A cell whose gates lie side by side in one matrix for the input and one for the state.
package protocol GatedCell: RecurrentCell {
    /// The weights that it has.
    var shared: RecurrentParameters { get }
    /// What is added to the hidden product alone; nil for nothing.
    var hiddenBias: Parameter? { get }
    /// Why PyTorch does not have it; nil if it does.
    var difference: String? { get }
}

extension RNNCell: GatedCell {
    package var hiddenBias: Parameter? { nil }
    package var difference: String? { nil }
}

extension LSTMCell: GatedCell {
    package var hiddenBias: Parameter? { nil }
    package var difference: String? { nil }
}

extension GRUCell: GatedCell {
    package var difference: String? { hiddenBias == nil ? "a GRU with `reset: before`" : nil }
}

/// Gates come in the same order there, i, f, g, o and r, z, n, one below the other instead of side by side. There are two
/// biases, of which a cell with one has the first
/// (https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html).
extension Recurrent: PyTorchLayer {
    func tensors(_ places: TensorPlaces) throws(WeightsLayoutError) -> [StoredTensor] {
        guard let first = levels.first?.forward as? any GatedCell else {
            throw WeightsLayoutError("PyTorch has no recurrent cell of the type \(Cell.self)")
        }
        // `NAME.`
        let scope = first.shared.inputWeight.name.dropLast("input_weight".count)
        var tensors: [StoredTensor] = []
        for (index, level) in levels.enumerated() {
            let cells = [(level.forward, "")] + (level.backward.map { [($0, "_reverse")] } ?? [])
            for (cell, direction) in cells {
                guard let cell = cell as? any GatedCell else { continue }
                if let difference = cell.difference {
                    throw WeightsLayoutError(
                        "PyTorch does not have \(difference), as `\(scope.dropLast())` is")
                }
                func name(_ kind: String) -> String { "\(scope)\(kind)_l\(index)\(direction)" }
                let (input, hidden, bias) = (
                    cell.shared.inputWeight, cell.shared.hiddenWeight, cell.shared.bias
                )
                tensors += [
                    places.transposed(input, as: name("weight_ih")),
                    places.transposed(hidden, as: name("weight_hh")),
                    places.same(bias, as: name("bias_ih")),
                    cell.hiddenBias.map { places.same($0, as: name("bias_hh")) }
                        ?? StoredTensor(name("bias_hh"), bias.shape, [.added(to: places[bias.name])]),
                ]
            }
        }
        return tensors
    }
}
