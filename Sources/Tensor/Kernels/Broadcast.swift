/// Walks over a result of shape `shape` in rows along its last axis, with where each operand's row begins.
///
/// `body` gets the row's start in the result, the starts in `a` and `b`, and the row's length.
@inline(__always)
func forEachRow(
    of shape: Tensor.Shape, strides a: [Int], _ b: [Int], _ body: (Int, Int, Int, Int) -> Void
) {
    if shape.count == 0 { return }
    let rank = shape.rank
    if rank == 0 { return body(0, 0, 0, 1) }
    let length = shape[rank - 1]
    var index = [Int](repeating: 0, count: rank)
    var (atA, atB, at) = (0, 0, 0)
    while true {
        body(at, atA, atB, length)
        at += length
        var axis = rank - 2
        while axis >= 0 {
            index[axis] += 1
            atA += a[axis]
            atB += b[axis]
            if index[axis] < shape[axis] { break }
            atA -= a[axis] * shape[axis]
            atB -= b[axis] * shape[axis]
            index[axis] = 0
            axis -= 1
        }
        if axis < 0 { return }
    }
}

/// An elementwise operation on two operands that are stretched to a common shape.
@inline(__always)
func elementwise(_ name: StaticString, _ a: Tensor, _ b: Tensor, _ f: (Float, Float) -> Float) -> Tensor {
    guard let shape = a.shape.broadcast(with: b.shape) else {
        fatalError("\(name): the shapes \(a.shape) and \(b.shape) do not broadcast")
    }
    let memory = Tensor.memory(for: shape, like: a, b)
    let (x, y, z) = (a.pointer, b.pointer, memory.base)
    if a.shape == b.shape {
        for i in 0..<shape.count { z[i] = f(x[i], y[i]) }
    } else {
        let (strideA, strideB) = (a.shape.strides(broadcastTo: shape), b.shape.strides(broadcastTo: shape))
        let (stepA, stepB) = (strideA.last ?? 0, strideB.last ?? 0)
        forEachRow(of: shape, strides: strideA, strideB) { at, atA, atB, length in
            let (x, y, z) = (x + atA, y + atB, z + at)
            switch (stepA, stepB) {
            case (1, 1): for i in 0..<length { z[i] = f(x[i], y[i]) }
            case (1, _): for i in 0..<length { z[i] = f(x[i], y[0]) }
            case (_, 1): for i in 0..<length { z[i] = f(x[0], y[i]) }
            default: for i in 0..<length { z[i] = f(x[0], y[0]) }
            }
        }
    }
    return Tensor(shape: shape, storage: memory)
}

/// An elementwise operation on one operand.
@inline(__always)
func elementwise(_ a: Tensor, _ f: (Float) -> Float) -> Tensor {
    let memory = Tensor.memory(for: a.shape, like: a)
    let (x, z) = (a.pointer, memory.base)
    for i in 0..<a.count { z[i] = f(x[i]) }
    return Tensor(shape: a.shape, storage: memory)
}
