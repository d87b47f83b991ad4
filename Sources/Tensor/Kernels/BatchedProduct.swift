/// Products of many pairs of matrices, C_i = op(A_i) op(B_i), where a matrix may take part in several pairs.
///
/// One product a pair, in the order of i, with the exception that left matrices which all meet the same right
/// one are multiplied in one go, as rows of a single matrix.
struct BatchedProduct {
    /// The result's shape: [..., m, n].
    let shape: Tensor.Shape
    private let (m, n, k): (Int, Int, Int)
    private let (transposeA, transposeB): (Transposed, Transposed)
    /// Which of its operand's matrices takes part in pair i.
    private let (ofA, ofB): ([Int], [Int])
    private let (countA, countB): (Int, Int)

    /// Nil when the shapes do not fit.
    init?(_ a: Tensor.Shape, _ b: Tensor.Shape, _ transposingA: Bool, _ transposingB: Bool) {
        guard a.rank >= 2, b.rank >= 2 else { return nil }
        let (rowsA, columnsA) = (a[a.rank - 2], a[a.rank - 1])
        let (rowsB, columnsB) = (b[b.rank - 2], b[b.rank - 1])
        let (leadA, leadB) = (Tensor.Shape(a.sizes.dropLast(2)), Tensor.Shape(b.sizes.dropLast(2)))
        let inner = transposingA ? rowsA : columnsA
        guard inner == (transposingB ? columnsB : rowsB), let lead = leadA.broadcast(with: leadB) else {
            return nil
        }
        let rows = transposingA ? columnsA : rowsA
        let columns = transposingB ? rowsB : columnsB
        shape = Tensor.Shape(lead.sizes + [rows, columns])
        (transposeA, transposeB) = (transposingA ? .yes : .no, transposingB ? .yes : .no)
        (n, k) = (columns, inner)
        (countA, countB) = (leadA.count, leadB.count)
        if leadB.count == 1 && !transposingA && leadA.count == lead.count {
            m = lead.count * rows
            (ofA, ofB) = ([0], [0])
        } else {
            m = rows
            (ofA, ofB) = (leadA.places(broadcastTo: lead), leadB.places(broadcastTo: lead))
        }
    }

    func multiply(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>) {
        for i in ofA.indices {
            matrixProduct(
                a + ofA[i] * m * k, transposeA, b + ofB[i] * k * n, transposeB, into: c + i * m * n,
                m: m, n: n, k: k)
        }
    }

    /// The gradient with respect to A: G op(B)^T, or its transpose. Pairs that share a matrix are summed.
    func differentiateA(
        _ upstream: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
        let adds = prepare(target, matrices: countA, pairs: ofA, size: m * k, accumulate)
        for i in ofA.indices {
            let (g, b, out) = (upstream + i * m * n, b + ofB[i] * k * n, target + ofA[i] * m * k)
            if transposeA == .no {
                matrixProduct(
                    g, .no, b, transposeB.opposite, into: out, m: m, n: k, k: n, accumulate: adds)
            } else {
                matrixProduct(b, transposeB, g, .yes, into: out, m: k, n: m, k: n, accumulate: adds)
            }
        }
    }

    /// The gradient with respect to B: op(A)^T G, or its transpose. Pairs that share a matrix are summed.
    func differentiateB(
        _ upstream: UnsafePointer<Float>, _ a: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
        let adds = prepare(target, matrices: countB, pairs: ofB, size: k * n, accumulate)
        for i in ofB.indices {
            let (g, a, out) = (upstream + i * m * n, a + ofA[i] * m * k, target + ofB[i] * k * n)
            if transposeB == .no {
                matrixProduct(
                    a, transposeA.opposite, g, .no, into: out, m: k, n: n, k: m, accumulate: adds)
            } else {
                matrixProduct(g, .yes, a, transposeA, into: out, m: n, n: k, k: m, accumulate: adds)
            }
        }
    }

    /// Whether products are added to what is in `target`. Clears it first where pairs share a matrix of it
    /// and nothing has been written yet.
    private func prepare(
        _ target: UnsafeMutablePointer<Float>, matrices: Int, pairs: [Int], size: Int, _ accumulate: Bool
    ) -> Bool {
        // The rows multiplied in one go, or a pair for each matrix.
        if accumulate || pairs.count == 1 || pairs.count == matrices { return accumulate }
        target.update(repeating: 0, count: matrices * size)
        return true
    }
}

extension Transposed {
    fileprivate var opposite: Transposed { self == .no ? .yes : .no }
}

extension Tensor.Shape {
    /// For each place of `target`, row by row, the place of this shape that is stretched to it.
    fileprivate func places(broadcastTo target: Tensor.Shape) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(target.count)
        let strides = strides(broadcastTo: target)
        let step = strides.last ?? 0
        forEachRow(of: target, strides: strides, strides) { _, from, _, length in
            for i in 0..<length { places.append(from + i * step) }
        }
        return places
    }
}
