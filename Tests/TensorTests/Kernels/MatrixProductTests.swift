import Tensor
import TestSupport
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
    typealias Sizes = (m: Int, n: Int, k: Int)

    /// The product in double, by the definition.
    private func reference(_ a: Tensor, _ b: Tensor) -> [Double] {
        let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
        let (x, y) = (a.values.map(Double.init), b.values.map(Double.init))
        return (0..<m * n).map { at in
            (0..<k).reduce(0.0) { $0 + x[at / n * k + $1] * y[$1 * n + at % n] }
        }
    }

    @Test(
        "all shapes, with sizes of 1 too",
        arguments: [
            (1, 1, 1), (1, 5, 3), (5, 1, 3), (5, 3, 1), (1, 1, 100), (64, 10, 64), (33, 17, 129),
            (7, 200, 31),
        ] as [Sizes])
    func agrees(_ sizes: Sizes) throws {
        let a = Tensor.wave([sizes.m, sizes.k]).tracked
        let b = Tensor.wave([sizes.k, sizes.n], phase: 1).tracked
        let product = a.matmul(b)
        #expect(product.shape == [sizes.m, sizes.n])
        #expect(deviation(product.values, from: reference(a, b)) <= 1e-6)
        // The gradients are products with a transposed operand.
        let seed = Tensor.wave(product.shape, phase: 2)
        let found = try gradients(of: product, withRespectTo: ["a": a, "b": b], seed: seed)
        #expect(deviation(found["a"]?.values ?? [], from: reference(seed, b.detached.transposed())) <= 1e-6)
        #expect(deviation(found["b"]?.values ?? [], from: reference(a.detached.transposed(), seed)) <= 1e-6)
    }

    @Test("an empty product is empty, and one over nothing is zeros")
    func empty() {
        #expect(Tensor([], shape: [0, 3]).matmul(.wave([3, 2])).shape == [0, 2])
        #expect(Tensor.wave([2, 3]).matmul(Tensor([], shape: [3, 0])).shape == [2, 0])
        #expect(Tensor([], shape: [2, 0]).matmul(Tensor([], shape: [0, 2])).values == [0, 0, 0, 0])
    }

    @Test("the bits do not depend on where operands and results lie")
    func alignment() throws {
        let (m, n, k) = (23, 37, 65)
        let (a, b) = (Tensor.wave([m, k]), Tensor.wave([k, n], phase: 1))
        /// The product and its gradients, with everything that can be moved moved by `shift` numbers.
        func bits(shiftedBy shift: Int) throws -> [[UInt32]] {
            let (left, right) = (FlatBuffer(count: shift + a.count), FlatBuffer(count: shift + b.count))
            let gradient = FlatBuffer(count: shift + b.count)
            left.write(a.values, at: shift)
            right.write(b.values, at: shift)
            let x = Tensor(viewing: left, at: shift, shape: a.shape).tracked
            let weight = Tensor.parameter(viewing: right, at: shift, shape: b.shape)
            let product = x.matmul(weight)
            let toLeft = try gradients(of: product.weighted(), withRespectTo: ["x": x])["x"]?.values ?? []
            try backward(from: x.matmul(weight).weighted(), seed: 1, parameters: [weight], into: gradient)
            let toRight = gradient.values(in: shift..<(shift + b.count))
            return [product.values, toLeft, toRight].map { $0.map(\.bitPattern) }
        }
        let aligned = try bits(shiftedBy: 0)
        for shift in 1..<16 { #expect(try bits(shiftedBy: shift) == aligned, "shifted by \(shift)") }
    }
}
