public import Tensor

/// What one recurrent network does at a step. A cell of your own goes into `Recurrent` as those of this library do.
///
/// What the input gives to a step does not depend on the step before, so it is computed for all steps at once
/// (`project`); only the rest is done step by step.
public protocol RecurrentCell: Sendable {
    /// Parameters as the steps use them, made once a pass.
    associatedtype Weights
    /// What is carried from step to step.
    associatedtype State

    /// The trainable tensors.
    var parameters: [Parameter] { get }

    /// The parameters as the steps use them.
    func weights(_ context: ForwardContext) -> Weights

    /// What the inputs of all steps give to the steps.
    ///
    /// - Parameters:
    ///   - x: [steps * batch, inputs]
    ///   - context: The parameters' values.
    /// - Returns: [steps * batch, …]
    func project(_ x: Tensor, _ context: ForwardContext) -> Tensor

    /// The state before the first step: zeros.
    ///
    /// - Parameters:
    ///   - batch: How many sequences are read at a time.
    ///   - x: From where the memory is taken.
    /// - Returns: a constant.
    func start(batch: Int, like x: Tensor) -> State

    /// One step.
    ///
    /// - Parameters:
    ///   - input: The step's rows of what `project` made, [batch, …].
    ///   - state: After the step before.
    ///   - weights: What `weights(_:)` made.
    /// - Returns: the state after this step.
    func step(_ input: Tensor, _ state: State, _ weights: Weights) -> State

    /// What a step puts out, [batch, units].
    func output(of state: State) -> Tensor
}

extension RecurrentCell where State == Tensor {
    /// The state itself.
    public func output(of state: Tensor) -> Tensor { state }
}

extension RecurrentCell {
    /// Reads sequences step by step.
    ///
    /// - Parameters:
    ///   - x: [steps, batch, inputs]
    ///   - isReversed: Whether the last step is read first.
    ///   - start: The state before the first step that is read; nil for zeros.
    ///   - context: The parameters' values.
    /// - Returns: the output of each step, [batch, units], in the sequence's order, and the state at the end of
    ///   reading.
    package func read(
        _ x: Tensor, isReversed: Bool = false, from start: State? = nil, _ context: ForwardContext
    ) -> (outputs: [Tensor], state: State) {
        let (steps, batch) = (x.shape[0], x.shape[1])
        let inputs = project(x.reshaped([steps * batch, x.shape[2]]), context)
        let weights = weights(context)
        var state = start ?? self.start(batch: batch, like: inputs)
        var outputs: [Tensor] = []
        for t in isReversed ? Array((0..<steps).reversed()) : Array(0..<steps) {
            let input = inputs.sliced(axis: 0, range: (t * batch)..<((t + 1) * batch))
            state = step(input, state, weights)
            outputs.append(output(of: state))
        }
        return (isReversed ? outputs.reversed() : outputs, state)
    }
}
