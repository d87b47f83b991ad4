/// The groups of values that a reduction over some axes takes together, each as a row of neighbours.
///
/// Where the axes are the last ones a row is read in place; elsewhere its values are gathered first. Within
/// a row they are in row-major order, so a result does not depend on where in memory its axes lie.
struct AxisGroups {
    /// How many values a group has.
    let length: Int
    /// The shape of one number a group, without the axes.
    let kept: Tensor.Shape
    /// The same with the axes at size 1.
    let keptWithAxes: Tensor.Shape
    private let group: Tensor.Shape
    private let keptStrides: [Int]
    private let groupStrides: [Int]
    /// Whether the groups are rows of neighbours, one after another.
    let isContiguous: Bool

    /// - Parameters:
    ///   - axes: Each in 0 ..< rank.
    ///   - shape: The shape of the tensors that are read.
    init(over axes: Set<Int>, of shape: Tensor.Shape) {
        let strides = shape.strides(broadcastTo: shape)
        let inside = (0..<shape.rank).filter(axes.contains)
        let outside = (0..<shape.rank).filter { !axes.contains($0) }
        group = Tensor.Shape(inside.map { shape[$0] })
        kept = Tensor.Shape(outside.map { shape[$0] })
        keptWithAxes = Tensor.Shape((0..<shape.rank).map { axes.contains($0) ? 1 : shape[$0] })
        groupStrides = inside.map { strides[$0] }
        keptStrides = outside.map { strides[$0] }
        length = group.count
        let firstInside = inside.first { shape[$0] != 1 } ?? shape.rank
        isContiguous = !outside.contains { $0 > firstInside && shape[$0] != 1 }
    }

    /// Calls `body` with the number and the values of each group of `x`.
    func forEach(of x: Tensor, _ body: (Int, UnsafePointer<Float>) -> Void) {
        let row = Storage(uninitialized: isContiguous ? 0 : length, pool: x.storage.pool)
        forEachStart { number, start in
            if isContiguous { return body(number, x.pointer + start) }
            forEachOffset { at, offset in row.base[at] = x.pointer[start + offset] }
            body(number, row.base)
        }
    }

    /// A tensor of x's shape whose groups `body` writes, given the number of the group, its values in `x` and
    /// where the new ones go.
    func map(
        _ x: Tensor, _ body: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor {
        let memory = Tensor.memory(for: x.shape, like: x)
        let scratch = isContiguous ? 0 : length
        let read = Storage(uninitialized: scratch, pool: x.storage.pool)
        let written = Storage(uninitialized: scratch, pool: x.storage.pool)
        forEachStart { number, start in
            if isContiguous { return body(number, x.pointer + start, memory.base + start) }
            forEachOffset { at, offset in read.base[at] = x.pointer[start + offset] }
            body(number, read.base, written.base)
            forEachOffset { at, offset in memory.base[start + offset] = written.base[at] }
        }
        return Tensor(shape: x.shape, storage: memory)
    }

    /// The same for a `body` that takes several groups at once: how many, their values and where the new ones go.
    func mapRows(
        _ x: Tensor, _ body: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor {
        guard isContiguous else { return map(x) { _, row, out in body(1, row, out) } }
        let memory = Tensor.memory(for: x.shape, like: x)
        body(kept.count, x.pointer, memory.base)
        return Tensor(shape: x.shape, storage: memory)
    }

    /// The number of each group and where its first value lies.
    private func forEachStart(_ body: (Int, Int) -> Void) {
        let step = keptStrides.last ?? 0
        forEachRow(of: kept, strides: keptStrides, keptStrides) { number, start, _, count in
            for i in 0..<count { body(number + i, start + i * step) }
        }
    }

    /// The position of each value in its group and how far from the group's first one it lies.
    @inline(__always)
    private func forEachOffset(_ body: (Int, Int) -> Void) {
        let step = groupStrides.last ?? 0
        forEachRow(of: group, strides: groupStrides, groupStrides) { at, offset, _, count in
            for i in 0..<count { body(at + i, offset + i * step) }
        }
    }
}
