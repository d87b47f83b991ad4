extension Tensor.Shape {
    /// How far apart in memory neighbours along each axis are.
    var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for axis in stride(from: rank - 2, through: 0, by: -1) {
            strides[axis] = strides[axis + 1] * sizes[axis + 1]
        }
        return strides
    }

    /// The sizes before an axis and those after it, multiplied: a tensor seen as [outer, size, inner].
    func around(_ axis: Int) -> (outer: Int, inner: Int) {
        (sizes[..<axis].reduce(1, *), sizes[(axis + 1)...].reduce(1, *))
    }

    /// The same shape with another size along one axis.
    func replacing(_ axis: Int, with size: Int) -> Tensor.Shape {
        var sizes = sizes
        sizes[axis] = size
        return Tensor.Shape(sizes)
    }
}

/// Copies values that lie `strides` apart into row-major order of `shape`.
func copyStrided(
    _ source: UnsafePointer<Float>, strides: [Int], shape: Tensor.Shape,
    into target: UnsafeMutablePointer<Float>
) {
    let step = strides.last ?? 1
    forEachRow(of: shape, strides: strides, strides) { at, from, _, length in
        let (source, target) = (source + from, target + at)
        if step == 1 {
            // A short row is not worth a call.
            var i = 0
            while length < 64 && i + 8 <= length {
                let eight = UnsafeRawPointer(source + i).loadUnaligned(as: SIMD8<Float>.self)
                UnsafeMutableRawPointer(target + i).storeBytes(of: eight, as: SIMD8<Float>.self)
                i += 8
            }
            if i < length { (target + i).update(from: source + i, count: length - i) }
        } else {
            for i in 0..<length { target[i] = source[i * step] }
        }
    }
}

/// Copies values in row-major order of `shape` to places `strides` apart, whose last axis has no gaps.
func spreadRows(
    _ source: UnsafePointer<Float>, shape: Tensor.Shape, into target: UnsafeMutablePointer<Float>,
    strides: [Int]
) {
    forEachRow(of: shape, strides: strides, strides) { at, to, _, length in
        (target + to).update(from: source + at, count: length)
    }
}
