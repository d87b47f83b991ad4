import COneDNN

/// A plan of products on memory of its own, for measuring how fast a thread multiplies.
///
/// It calls oneDNN's sgemm whatever the layers call, so that the measure stays one when they change.
package final class ProductSequence {
    private let products: [ProductPlan.Product]
    private let matrices: [FlatBuffer]

    /// Fills the matrices with small numbers; those that are products get theirs in `run`.
    package init(_ plan: ProductPlan) {
        products = plan.products
        matrices = plan.sizes.map { size in
            FlatBuffer((0..<size).map { Float($0 % 17) * 0.01 - 0.08 })
        }
    }

    /// What one of the plan's matrices holds.
    package func values(of matrix: Int) -> [Float] { matrices[matrix].values }

    /// Computes all products once, on the calling thread if `Compute.prepareThread` has prepared it.
    package func run() {
        for product in products {
            if product.m == 0 || product.n == 0 || product.k == 0 { continue }
            let (m, n, k) = (Int64(product.m), Int64(product.n), Int64(product.k))
            let status = nnd_sgemm(
                product.transposesA ? 1 : 0, product.transposesB ? 1 : 0, m, n, k,
                1, matrices[product.a].base, product.transposesA ? m : k,
                matrices[product.b].base, product.transposesB ? k : n,
                0, matrices[product.c].base, n)
            require(status == 0, "oneDNN refused a product of \(m) x \(k) and \(k) x \(n): status \(status)")
        }
    }
}
