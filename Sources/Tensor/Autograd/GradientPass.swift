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
        precondition(gradient.shape == node.shape, "a gradient of \(gradient.shape) for a \(node.shape)")
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
        } else {
            gradient = more
        }
    }
}
