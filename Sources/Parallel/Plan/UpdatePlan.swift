import NN
package import Tensor

/// How the parameters are cut into pieces, each of which one worker sums and updates: a function of the layout alone, so
/// that a piece has the same bits whoever takes it.
///
/// The weights whose gradients are products are cut into parts of equal work, as many as a power of two and at least 4,
/// so that 2 or 4 workers, and more where the weights are large, are done at the same time.
package struct UpdatePlan: Sendable {
    package struct Piece: Sendable, Equatable {
        /// Its place in the flat buffers.
        package let range: Range<Int>
        /// For a piece of a weight whose gradient is a product: which weight, and which of its rows.
        package let product: Product?

        package struct Product: Sendable, Equatable {
            package let weight: Int
            package let inputs: Range<Int>
        }
    }

    /// They do not overlap, and all together are everything that is in the layout.
    package let pieces: [Piece]
    /// The pieces of each part that is taken as a whole.
    private let products: [Range<Int>]
    private let others: Range<Int>

    /// Rows of the widest weight to a part: with fewer, a product spends much of its time on copying its operands.
    private static let rows = 128
    /// Numbers to a piece that is no product.
    private static let otherCount = 8192

    /// - Parameters:
    ///   - count: The length of the flat buffers.
    ///   - weights: Those whose gradients are products, in the order of their offsets.
    package init(count: Int, weights: [GradientFactors.Weight]) {
        var pieces: [Piece] = []
        var products: [Range<Int>] = []
        let parts = UpdatePlan.partCount(weights)
        let total = weights.reduce(0) { $0 + $1.range.count }
        for part in 0..<parts {
            let first = pieces.count
            let work = (total * part / parts)..<(total * (part + 1) / parts)
            var before = 0
            for (index, weight) in weights.enumerated() {
                // Cut between rows: each part begins with the first row that begins in it.
                func row(_ position: Int) -> Int {
                    min(max(0, (position - before + weight.outputs - 1) / weight.outputs), weight.inputs)
                }
                let inputs = row(work.lowerBound)..<row(work.upperBound)
                before += weight.range.count
                if inputs.isEmpty { continue }
                let start = weight.offset + inputs.lowerBound * weight.outputs
                pieces.append(
                    Piece(
                        range: start..<(start + inputs.count * weight.outputs),
                        product: .init(weight: index, inputs: inputs)))
            }
            products.append(first..<pieces.count)
        }
        let first = pieces.count
        for rest in GradientFactors.rest(of: count, without: weights) {
            for start in stride(from: rest.lowerBound, to: rest.upperBound, by: UpdatePlan.otherCount) {
                let end = min(start + UpdatePlan.otherCount, rest.upperBound)
                pieces.append(Piece(range: start..<end, product: nil))
            }
        }
        self.pieces = pieces
        self.products = products
        others = first..<pieces.count
    }

    /// A power of two.
    private static func partCount(_ weights: [GradientFactors.Weight]) -> Int {
        guard let widest = weights.map(\.outputs).max() else { return 0 }
        let total = weights.reduce(0) { $0 + $1.range.count }
        var parts = 4
        while 2 * parts * rows * widest <= total { parts *= 2 }
        return parts
    }

    /// How many numbers the largest piece of a product has.
    var largestProduct: Int {
        pieces[..<others.lowerBound].map(\.range.count).max() ?? 0
    }

    /// The indices of the pieces that one of `workers` takes.
    package func pieces(of worker: Int, among workers: Int) -> [Int] {
        let parts = share(of: products.count, part: worker, of: workers)
        let rest = share(of: others.count, part: worker, of: workers)
        return products[parts].flatMap { Array($0) }
            + ((others.lowerBound + rest.lowerBound)..<(others.lowerBound + rest.upperBound))
    }
}
