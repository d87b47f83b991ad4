public import Tensor

/// Long short-term memory (Hochreiter & Schmidhuber 1997; the forget gate by Gers et al. 2000): with i, f, o = sigmoid
/// and g = tanh of x Wx + h Wh + b, c' = f c + i g and h' = o tanh c'. The gates lie side by side in the order i, f, g,
/// o; there is one bias.
public struct LSTMCell: RecurrentCell {
    package let shared: RecurrentParameters

    /// What is carried from step to step.
    public struct State {
        /// The output h, [batch, units].
        public let hidden: Tensor
        /// The memory c, [batch, units].
        public let cell: Tensor

        /// A state with this output and this memory.
        public init(hidden: Tensor, cell: Tensor) {
            self.hidden = hidden
            self.cell = cell
        }
    }

    /// - Parameters:
    ///   - scope: What the parameters are called after, with the dot at its end: `SCOPEinput_weight`,
    ///     [inputs, 4 units], `SCOPEhidden_weight`, [units, 4 units], and `SCOPEbias`, [4 units].
    ///   - inputs: The features of a step.
    ///   - units: The numbers of a state.
    public init(scope: String, inputs: Int, units: Int) {
        shared = RecurrentParameters(scope: scope, inputs: inputs, units: units, gates: 4)
    }

    public var parameters: [Parameter] { shared.all }

    public func weights(_ context: ForwardContext) -> Tensor { context[shared.hiddenWeight] }

    public func project(_ x: Tensor, _ context: ForwardContext) -> Tensor { shared.project(x, context) }

    public func start(batch: Int, like x: Tensor) -> State {
        let zeros = shared.zeros(batch: batch, like: x)
        return State(hidden: zeros, cell: zeros)
    }

    public func step(_ input: Tensor, _ state: State, _ weights: Tensor) -> State {
        let both = Tensor.lstmStep(input: input, hidden: state.hidden.matmul(weights), cell: state.cell)
        return State(hidden: both.selected(axis: 0, index: 0), cell: both.selected(axis: 0, index: 1))
    }

    public func output(of state: State) -> Tensor { state.hidden }
}
