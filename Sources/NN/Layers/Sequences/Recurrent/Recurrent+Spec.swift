import Spec
import Tensor

extension Recurrent {
    /// The layers that a job file describes.
    init(_ spec: RecurrentSpec, _ shape: ModelShapes.Layer, cell: (String, Int) -> Cell) {
        self.init(
            name: shape.name, inputs: shape.input[1], units: spec.units, layers: spec.layers,
            isBidirectional: spec.isBidirectional, returnsSequences: spec.returnsSequences,
            dropout: spec.dropout, cell: cell)
    }
}

extension RNN {
    init(_ spec: RNNSpec, _ shape: ModelShapes.Layer) {
        let activation: Activation =
            switch spec.activation {
            case .tanh: .tanh
            case .relu: .relu
            }
        self.init(spec.stack, shape) { scope, inputs in
            RNNCell(scope: scope, inputs: inputs, units: spec.stack.units, activation: activation)
        }
    }
}

extension LSTM {
    init(_ spec: LSTMSpec, _ shape: ModelShapes.Layer) {
        self.init(spec.stack, shape) { scope, inputs in
            LSTMCell(scope: scope, inputs: inputs, units: spec.stack.units)
        }
    }
}

extension GRU {
    init(_ spec: GRUSpec, _ shape: ModelShapes.Layer) {
        let reset: GRUCell.Reset =
            switch spec.reset {
            case .after: .after
            case .before: .before
            }
        self.init(spec.stack, shape) { scope, inputs in
            GRUCell(scope: scope, inputs: inputs, units: spec.stack.units, reset: reset)
        }
    }
}
