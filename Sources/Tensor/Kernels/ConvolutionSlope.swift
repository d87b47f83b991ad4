import CKernels

/// The gradient with respect to w * x + bias, a sample at a time: what comes from above, taken back through a
/// ReLU and the largest of squares where the convolution's result went through them.
struct ConvolutionSlope {
    /// The gradient with respect to the operation's result.
    let upstream: Tensor
    /// The operation's result, where a ReLU made it.
    let y: Tensor?
    /// Where in its plane each result was found, where it is the largest of a square.
    let positions: Storage?
    /// [batch, filters, places], the shape of w * x + bias with its two axes as one.
    private let shape: Tensor.Shape
    private let scratch: Storage

    init(_ upstream: Tensor, _ sizes: Convolution, y: Tensor? = nil, positions: Storage? = nil) {
        (self.upstream, self.y, self.positions) = (upstream, y, positions)
        shape = [sizes.batch, sizes.filters, sizes.places]
        let isPlain = y == nil && positions == nil
        scratch = Tensor.memory(for: isPlain ? [0] : [shape[1], shape[2]], like: upstream)
    }

    /// [filters, places] of one sample; valid until the next is asked for.
    func sample(_ number: Int) -> UnsafePointer<Float> {
        let count = upstream.count / max(1, shape[0])
        if y == nil && positions == nil { return UnsafePointer(upstream.pointer + number * count) }
        write(from: number * count, count: count, into: scratch.base)
        return UnsafePointer(scratch.base)
    }

    /// All samples at once.
    func whole() -> Tensor {
        if y == nil && positions == nil { return upstream }
        let memory = Tensor.memory(for: shape, like: upstream)
        let (count, size) = (upstream.count / max(1, shape[0]), shape[1] * shape[2])
        for number in 0..<shape[0] {
            write(from: number * count, count: count, into: memory.base + number * size)
        }
        return Tensor(shape: shape, storage: memory)
    }

    private func write(from start: Int, count: Int, into out: UnsafeMutablePointer<Float>) {
        let above = upstream.pointer + start
        guard let positions else {
            if let y { nnd_relu_gradient(out, above, y.pointer + start, count) }
            return
        }
        let (planes, size) = (shape[1], shape[2])
        (positions.base + start).withMemoryRebound(to: Int32.self, capacity: count) { found in
            nnd_spread_largest(
                out, above, y.map { UnsafePointer($0.pointer + start) }, found, planes,
                count / max(1, planes), size)
        }
    }
}
