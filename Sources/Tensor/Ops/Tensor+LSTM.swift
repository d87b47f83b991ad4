import CKernels

extension Tensor {
    /// One step of long short-term memory in one operation (Hochreiter & Schmidhuber 1997; the forget gate by Gers et
    /// al. 2000): with i, f, o = sigmoid and g = tanh of input + hidden, c' = f c + i g and h' = o tanh c'.
    ///
    /// - Parameters:
    ///   - input: What the input adds to the gates, [batch, 4 units]; i, f, g, o side by side.
    ///   - hidden: What the output of the step before adds to them, [batch, 4 units].
    ///   - cell: The memory c, [batch, units].
    /// - Returns: [2, batch, units]: h', then c'.
    /// - Precondition: the shapes fit.
    public static func lstmStep(input: Tensor, hidden: Tensor, cell: Tensor) -> Tensor {
        require(
            cell.shape.rank == 2 && input.shape == [cell.shape[0], 4 * cell.shape[1]]
                && hidden.shape == input.shape,
            "lstmStep: input \(input.shape), hidden \(hidden.shape) and cell \(cell.shape) do not fit")
        let (rows, units, count) = (cell.shape[0], cell.shape[1], cell.count)
        let gates = Tensor.memory(for: input.shape, like: input, hidden, cell)
        let memory = Tensor.memory(for: Shape([2] + cell.shape.sizes), like: input, hidden, cell)
        nnd_lstm(
            input.pointer, hidden.pointer, cell.pointer, gates.base, memory.base, memory.base + count, rows,
            units)
        let result = Tensor(shape: Shape([2] + cell.shape.sizes), storage: memory)
        return result.recorded("lstmStep", [input, hidden, cell]) { pass in
            if pass.isRecording { return sendLSTMGradientsByOperations(pass, input, hidden, cell) }
            let downGates = Tensor.memory(for: input.shape, like: pass.upstream, result)
            let downCell = Tensor.memory(for: cell.shape, like: pass.upstream, result)
            nnd_lstm_gradient(
                gates.base, cell.pointer, memory.base + count, pass.upstream.pointer,
                pass.upstream.pointer + count, downGates.base, downCell.base, rows, units)
            let gradient = Tensor(shape: input.shape, storage: downGates)
            pass.send(to: 0) { gradient }
            pass.send(to: 1) { gradient }
            pass.send(to: 2) { Tensor(shape: cell.shape, storage: downCell) }
        }
    }

    /// The same gradients made of operations, so that they can be differentiated again.
    private static func sendLSTMGradientsByOperations(
        _ pass: GradientPass, _ input: Tensor, _ hidden: Tensor, _ cell: Tensor
    ) {
        let sums = (input + hidden).split(into: 4, axis: 1)
        let (i, f, g, o) = (sums[0].sigmoid(), sums[1].sigmoid(), sums[2].tanh(), sums[3].sigmoid())
        let t = (f * cell + i * g).tanh()
        let up = pass.upstream.selected(axis: 0, index: 0)
        let down = pass.upstream.selected(axis: 0, index: 1) + up * o * (1 - t.squared())
        let gradient = Tensor.concatenated(
            [
                down * g * (i * (1 - i)), down * cell * (f * (1 - f)), down * i * (1 - g.squared()),
                up * t * (o * (1 - o)),
            ], axis: 1)
        pass.send(to: 0) { gradient }
        pass.send(to: 1) { gradient }
        pass.send(to: 2) { down * f }
    }
}
