import Tensor

/// What one rank sums and updates: the pieces of all its workers.
package struct OwnedParts: Sendable {
    /// Rows of a weight whose gradient is a product.
    package struct Product: Sendable, Equatable {
        package let weight: Int
        package var inputs: Range<Int>
        package var range: Range<Int>
    }

    /// Indices into the plan.
    package let pieces: [Int]
    /// Neighbours are one.
    package let products: [Product]
    package let others: [Range<Int>]

    /// Those of one of `ranks`. They are the same at any number of workers a rank.
    package init(_ plan: UpdatePlan, rank: Int, of ranks: Int) {
        pieces = plan.pieces(of: rank, among: ranks)
        var (products, others): ([Product], [Range<Int>]) = ([], [])
        for piece in pieces.map({ plan.pieces[$0] }) {
            if let product = piece.product {
                if let last = products.last, last.weight == product.weight,
                    last.inputs.upperBound == product.inputs.lowerBound
                {
                    products[products.count - 1].inputs = last.inputs.lowerBound..<product.inputs.upperBound
                    products[products.count - 1].range = last.range.lowerBound..<piece.range.upperBound
                } else {
                    products.append(
                        Product(weight: product.weight, inputs: product.inputs, range: piece.range))
                }
            } else if let last = others.last, last.upperBound == piece.range.lowerBound {
                others[others.count - 1] = last.lowerBound..<piece.range.upperBound
            } else {
                others.append(piece.range)
            }
        }
        (self.products, self.others) = (products, others)
    }

    /// Of it, what lies in one part of the gradient.
    func gradients(in part: ParameterGradients.Part) -> OwnedGradients {
        OwnedGradients(
            products: products.filter { part.weights.contains($0.weight) },
            others: others.flatMap { range in
                part.ranges.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
            })
    }

    /// All of it, in the flat buffers.
    package var ranges: [Range<Int>] { products.map(\.range) + others }

    /// Calls `body` with each range and its place in a message in which they lie one behind the other.
    func eachPlace(from start: Int, _ body: (Range<Int>, Int) -> Void) {
        var place = start
        for range in ranges {
            body(range, place)
            place += range.count
        }
    }

    /// How many numbers that is.
    var count: Int { ranges.reduce(0) { $0 + $1.count } }
}

/// What one rank sums of a part of the gradient.
struct OwnedGradients: Sendable {
    let products: [OwnedParts.Product]
    let others: [Range<Int>]
}
