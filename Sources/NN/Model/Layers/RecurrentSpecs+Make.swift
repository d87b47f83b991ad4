import Spec
import Tensor

extension RecurrentSpec {
    fileprivate func layer<Cell>(
        _ shape: ModelShapes.Layer, cell: (String, Int) -> Cell
    ) -> Recurrent<Cell> {
        Recurrent(
            name: shape.name, inputs: shape.input[1], units: units, layers: layers,
            isBidirectional: isBidirectional, returnsSequences: returnsSequences, dropout: dropout, cell: cell
        )
    }
}

extension RNNSpec {
    func layer(_ shape: ModelShapes.Layer) -> RNN {
        let function: Tensor::Activation =
            switch activation {
            case .tanh: .tanh
            case .relu: .relu
            }
        return stack.layer(shape) { scope, inputs in
            RNNCell(scope: scope, inputs: inputs, units: stack.units, activation: function)
        }
    }
}

extension LSTMSpec {
    func layer(_ shape: ModelShapes.Layer) -> LSTM {
        stack.layer(shape) { scope, inputs in LSTMCell(scope: scope, inputs: inputs, units: stack.units) }
    }
}

extension GRUSpec {
    func layer(_ shape: ModelShapes.Layer) -> GRU {
        let place: GRUCell.Reset =
            switch reset {
            case .after: .after
            case .before: .before
            }
        return stack.layer(shape) { scope, inputs in
            GRUCell(scope: scope, inputs: inputs, units: stack.units, reset: place)
        }
    }
}
