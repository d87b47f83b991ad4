import Parallel
package import Spec
import Tensor

/// What a training step is measured against: its matrix products through oneDNN's sgemm and nothing else, on as many
/// threads as there are workers, each with its share of the batch.
package struct StepLimit: Sendable, Equatable {
    /// How the limit is found.
    package enum Basis: String, Sendable, Codable {
        /// The step's own products, each thread with its share of the batch.
        case products
        /// The step's multiply-adds at the rate of a large product.
        case multiplyAdds = "multiply_adds"
    }

    package let samplesPerSecond: Double
    package let basis: Basis

    private static let largeProduct = 512

    /// Measures it, which takes about two seconds on threads that it waits for; nil for a model with layers whose
    /// products are not counted.
    package init?(_ model: ModelSpec, batchSize: Int, threads: Int) throws(SpecError) {
        guard let work = try StepWork(model) else { return nil }
        let shares = (0..<threads).map { share(of: batchSize, part: $0, of: threads).count }.filter { $0 > 0 }
        let plans = shares.compactMap { work.products(rows: $0) }
        if plans.count == shares.count {
            basis = .products
            let rates = ProductRate.measure(plans) { StepLimit.samples($0, shares) }
            samplesPerSecond = StepLimit.samples(rates, shares)
        } else {
            basis = .multiplyAdds
            let plan = StepLimit.large
            let passes = ProductRate.measure(shares.map { _ in plan }) { $0.reduce(0, +) }.reduce(0, +)
            samplesPerSecond = passes * plan.multiplyAdds / work.multiplyAdds
        }
    }

    private static func samples(_ rates: [Double], _ shares: [Int]) -> Double {
        zip(rates, shares).reduce(0) { $0 + $1.0 * Double($1.1) }
    }

    private static var large: ProductPlan {
        var plan = ProductPlan()
        let n = largeProduct
        let (a, b, c) = (plan.matrix(n, n), plan.matrix(n, n), plan.matrix(n, n))
        plan.multiply(a, b, into: c, m: n, n: n, k: n)
        return plan
    }
}
