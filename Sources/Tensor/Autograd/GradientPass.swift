import CKernels

/// What an operation sees while a gradient passes back through it.
struct GradientPass {
    /// The gradient of the output with respect to the operation's result.
    let upstream: Tensor
    let operands: [Node?]
    /// Whether the gradients themselves will be differentiated.
    let isRecording: Bool
    /// Where the gradients of parameters go.
    let buffer: FlatBuffer?

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
        node.gather(gradient, buffer: buffer)
    }

    /// Lets `kernel` write the operand's gradient where it belongs, without a copy. The kernel adds to what
    /// is there when its second argument says so.
    func write(to index: Int, like operand: Tensor, _ kernel: (UnsafeMutablePointer<Float>, Bool) -> Void) {
        guard let node = operands[index] else { return }
        if case .parameter(let offset) = node.role, let buffer {
            kernel(buffer.base + offset, node.isWritten)
            node.isWritten = true
        } else {
            let memory = Tensor.memory(for: node.shape, like: upstream, operand)
            kernel(memory.base, false)
            node.gather(Tensor(shape: node.shape, storage: memory), buffer: buffer)
        }
    }

    /// Lets `kernel` add to a part of the operand's gradient where it belongs; what was not there before is
    /// zero. With it, a tensor that is cut into many slices costs one gradient, not one for each slice.
    func add(to index: Int, like operand: Tensor, _ kernel: (UnsafeMutablePointer<Float>) -> Void) {
        guard let node = operands[index] else { return }
        if case .parameter(let offset) = node.role, let buffer {
            let place = buffer.base + offset
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
    fileprivate func gather(_ more: Tensor, buffer: FlatBuffer?) {
        if case .parameter(let offset) = role, let buffer {
            let place = buffer.base + offset
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
