import CKernels

/// What an operation sees while a gradient passes back through it.
struct GradientPass {
    /// The gradient of the output with respect to the operation's result.
    let upstream: Tensor
    let operands: [Node?]
    /// Whether the gradients themselves will be differentiated.
    let isRecording: Bool
    /// Where the gradients of parameters go.
    let gradients: ParameterGradients?

    /// An operand or result as the backward formula may use it: with its history only if gradients are
    /// differentiated.
    func use(_ tensor: Tensor) -> Tensor { isRecording ? tensor : tensor.detached }

    /// Whether the operand wants a gradient.
    func wants(_ index: Int) -> Bool { operands[index] != nil }

    /// Adds a gradient to what the operand has gathered; does not compute it where nobody wants it.
    func send(to index: Int, _ gradient: () -> Tensor) {
        guard let node = operands[index] else { return }
        let gradient = gradient()
        require(gradient.shape == node.shape, "a gradient of \(gradient.shape) for a \(node.shape)")
        node.gather(gradient, into: gradients)
    }

    /// Lets `kernel` write the operand's gradient where it belongs, without a copy. The kernel adds to what
    /// is there when its second argument says so.
    func write(to index: Int, like operand: Tensor, _ kernel: (UnsafeMutablePointer<Float>, Bool) -> Void) {
        guard let node = operands[index] else { return }
        if let place = node.place(in: gradients) {
            kernel(place, node.isWritten)
            node.isWritten = true
        } else {
            let memory = Tensor.memory(for: node.shape, like: upstream, operand)
            kernel(memory.base, false)
            node.gather(Tensor(shape: node.shape, storage: memory), into: gradients)
        }
    }

    /// Sends xᵀ slope, the gradient of a dense layer's weight: as its factors where they are wanted and nothing else has
    /// been sent.
    func sendProduct(to index: Int, like operand: Tensor, _ x: Tensor, _ slope: Tensor) {
        guard let node = operands[index] else { return }
        if case .parameter(let offset) = node.role, let gradients, !node.isWritten, !node.hasFactors,
            gradients.take(x, slope, ofWeightAt: offset)
        {
            node.hasFactors = true
            return
        }
        write(to: index, like: operand) { target, accumulate in
            matrixProduct(
                x.pointer, .yes, slope.pointer, .no, into: target, m: x.shape[1], n: slope.shape[1],
                k: x.shape[0], accumulate: accumulate)
        }
    }

    /// Lets `kernel` add to a part of the operand's gradient where it belongs; what was not there before is
    /// zero. With it, a tensor that is cut into many slices costs one gradient, not one for each slice.
    func add(to index: Int, like operand: Tensor, _ kernel: (UnsafeMutablePointer<Float>) -> Void) {
        guard let node = operands[index] else { return }
        if let place = node.place(in: gradients) {
            if !node.isWritten { place.update(repeating: 0, count: node.shape.count) }
            node.isWritten = true
            kernel(place)
        } else {
            kernel(node.ownGradient(like: upstream, operand).pointer)
        }
    }
}

extension Node {
    /// Adds to this node's gradient. A tensor that was used many times gets the sum.
    fileprivate func gather(_ more: Tensor, into gradients: ParameterGradients?) {
        if let place = place(in: gradients) {
            if isWritten {
                nnd_add(place, more.pointer, more.count)
            } else {
                place.update(from: more.pointer, count: more.count)
            }
            isWritten = true
        } else if let sum = gradient {
            gradient = sum + more
            ownsGradient = false
        } else {
            gradient = more
            ownsGradient = false
        }
    }

    /// Where this node's gradient is written in `gradients`: nil unless it is a parameter's. What was kept as factors so
    /// far is there then.
    fileprivate func place(in gradients: ParameterGradients?) -> UnsafeMutablePointer<Float>? {
        guard case .parameter(let offset) = role, let gradients else { return nil }
        if hasFactors {
            gradients.writeOut(weightAt: offset)
            (hasFactors, isWritten) = (false, true)
        }
        return gradients.values.base + offset
    }

    /// The gradient gathered so far, or zeros, in memory that nothing else shows.
    fileprivate func ownGradient(like upstream: Tensor, _ operand: Tensor) -> Tensor {
        if let gradient, ownsGradient { return gradient }
        let memory = Tensor.memory(for: shape, like: upstream, operand)
        if let gradient {
            memory.base.update(from: gradient.pointer, count: shape.count)
        } else {
            memory.base.update(repeating: 0, count: shape.count)
        }
        let own = Tensor(shape: shape, storage: memory)
        gradient = own
        ownsGradient = true
        return own
    }
}
