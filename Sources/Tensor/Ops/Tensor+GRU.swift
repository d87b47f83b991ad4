import CKernels

extension Tensor {
    /// One step of a gated recurrent unit in one operation, in the form of cuDNN and PyTorch: with
    /// r, z = sigmoid(input + hidden) and n = tanh(input + r hidden), h' = (1 - z) n + z h.
    ///
    /// - Parameters:
    ///   - input: What the input gives to the gates, [batch, 3 units]; r, z, n side by side.
    ///   - hidden: What the state gives to them, [batch, 3 units].
    ///   - state: The state h, [batch, units].
    /// - Returns: [batch, units]
    /// - Precondition: the shapes fit.
    public static func gruStep(input: Tensor, hidden: Tensor, state: Tensor) -> Tensor {
        require(
            state.shape.rank == 2 && input.shape == [state.shape[0], 3 * state.shape[1]]
                && hidden.shape == input.shape,
            "gruStep: input \(input.shape), hidden \(hidden.shape) and state \(state.shape) do not fit")
        let (rows, units) = (state.shape[0], state.shape[1])
        let gates = Tensor.memory(for: input.shape, like: input, hidden, state)
        let memory = Tensor.memory(for: state.shape, like: input, hidden, state)
        nnd_gru(
            input.pointer, hidden.pointer, state.pointer, gates.base, memory.base, rows, units)
        let result = Tensor(shape: state.shape, storage: memory)
        return result.recorded("gruStep", [input, hidden, state]) { pass in
            if pass.isRecording { return sendGRUGradientsByOperations(pass, input, hidden, state) }
            let downA = Tensor.memory(for: input.shape, like: pass.upstream, input)
            let downB = Tensor.memory(for: input.shape, like: pass.upstream, input)
            let downState = Tensor.memory(for: state.shape, like: pass.upstream, input)
            nnd_gru_gradient(
                gates.base, hidden.pointer, state.pointer, pass.upstream.pointer, downA.base, downB.base,
                downState.base, rows, units)
            pass.send(to: 0) { Tensor(shape: input.shape, storage: downA) }
            pass.send(to: 1) { Tensor(shape: input.shape, storage: downB) }
            pass.send(to: 2) { Tensor(shape: state.shape, storage: downState) }
        }
    }

    /// The same gradients made of operations, so that they can be differentiated again.
    private static func sendGRUGradientsByOperations(
        _ pass: GradientPass, _ input: Tensor, _ hidden: Tensor, _ state: Tensor
    ) {
        let (a, b) = (input.split(into: 3, axis: 1), hidden.split(into: 3, axis: 1))
        let (r, z) = ((a[0] + b[0]).sigmoid(), (a[1] + b[1]).sigmoid())
        let n = (a[2] + r * b[2]).tanh()
        let dn = pass.upstream * (1 - z) * (1 - n.squared())
        let dz = pass.upstream * (state - n) * (z * (1 - z))
        let dr = dn * b[2] * (r * (1 - r))
        pass.send(to: 0) { Tensor.concatenated([dr, dz, dn], axis: 1) }
        pass.send(to: 1) { Tensor.concatenated([dr, dz, dn * r], axis: 1) }
        pass.send(to: 2) { pass.upstream * z }
    }
}
