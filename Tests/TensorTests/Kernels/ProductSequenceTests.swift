import Tensor
import Testing

@Suite("Sequences of products for measuring")
struct ProductSequenceTests {
    /// What the matrices are filled with.
    private func filled(_ count: Int) -> [Double] {
        (0..<count).map { Double(Float($0 % 17) * 0.01 - 0.08) }
    }

    private func product(
        _ a: [Double], transposed ta: Bool = false, _ b: [Double], transposedB tb: Bool = false, _ m: Int,
        _ n: Int, _ k: Int
    ) -> [Double] {
        (0..<m * n).map { index in
            let (i, j) = (index / n, index % n)
            return (0..<k).reduce(0) { sum, p in
                sum + (ta ? a[p * m + i] : a[i * k + p]) * (tb ? b[j * k + p] : b[p * n + j])
            }
        }
    }

    @Test("each product is computed from what those before it left, transposed as the plan says")
    func products() {
        let (m, k, n) = (5, 7, 3)
        var plan = ProductPlan()
        let (x, w, y) = (plan.matrix(m, k), plan.matrix(k, n), plan.matrix(m, n))
        let (dw, dx, dy) = (plan.matrix(k, n), plan.matrix(m, k), plan.matrix(m, n))
        plan.multiply(x, w, into: y, m: m, n: n, k: k)
        plan.multiply(x, y, into: dw, m: k, n: n, k: m, transposesA: true)
        plan.multiply(dy, w, into: dx, m: m, n: k, k: n, transposesB: true)
        #expect(plan.multiplyAdds == 3 * 5 * 7 * 3)
        let sequence = ProductSequence(plan)
        // Nothing piles up: a second pass gives the same.
        for _ in 0..<2 {
            sequence.run()
            let first = product(filled(m * k), filled(k * n), m, n, k)
            let second = product(filled(m * k), transposed: true, first, k, n, m)
            let third = product(filled(m * n), filled(k * n), transposedB: true, m, k, n)
            for (matrix, expected) in [(y, first), (dw, second), (dx, third)] {
                let values = sequence.values(of: matrix)
                #expect(zip(values, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
                #expect(values.count == expected.count && expected.contains { abs($0) > 1e-3 })
            }
        }
    }

    @Test("products without rows are none")
    func empty() {
        var plan = ProductPlan()
        let (a, b, c) = (plan.matrix(0, 4), plan.matrix(4, 2), plan.matrix(0, 2))
        plan.multiply(a, b, into: c, m: 0, n: 2, k: 4)
        ProductSequence(plan).run()
        #expect(plan.multiplyAdds == 0)
    }
}
