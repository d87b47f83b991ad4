import NN
import Tensor

/// What one worker brings to the others of a step: the gradients of its shards, summed as far up the tree as they
/// reach, and what the shards came to.
struct Contribution: Sendable {
    typealias Sum = (node: ReductionTree.Node, gradients: ParameterGradients)

    var sums: [Sum] = []
    var tallies: [(shard: Int, tally: Tally)] = []
    /// The largest magnitude among the summed gradients that are no products.
    var largest: Float = 0
    var failure: (any Error)?

    init(largest: Float = 0, failure: (any Error)? = nil) {
        (self.largest, self.failure) = (largest, failure)
    }
}

/// What all workers of a step brought.
struct Contributions: Sendable {
    let all: [Contribution]

    var failure: (any Error)? { all.lazy.compactMap(\.failure).first }

    func tally(along tree: ReductionTree) -> Tally {
        var tallies = [Tally?](repeating: nil, count: tree.root.range.count)
        for contribution in all { for (shard, tally) in contribution.tallies { tallies[shard] = tally } }
        return tree.sum(tallies)
    }

    /// Whether no gradient can be other than finite, as the magnitudes of its parts tell. Where they do not, it has to
    /// be looked at.
    ///
    /// - Parameters:
    ///   - factors: Whose products are gradients.
    ///   - samples: Over how many each product sums.
    /// - Returns: False where a gradient may be too large, or not a number.
    func areSurelyFinite(factors: GradientFactors, samples: Int) -> Bool {
        // Half of the largest number leaves room for all rounding on the way.
        let limit = Double(Float.greatestFiniteMagnitude) / 2
        // All comparisons are made so that a NaN, which is not below anything, fails them.
        let others = all.reduce(0) { $0 + Double($1.largest) }
        guard others < limit else { return false }
        for weight in factors.weights.indices {
            var largest: (x: Float, slope: Float) = (0, 0)
            for contribution in all {
                for sum in contribution.sums { sum.gradients.includeFactors(of: weight, in: &largest) }
            }
            let terms = Double(samples * factors.rowsPerSample(ofWeight: weight))
            guard Double(largest.x) * Double(largest.slope) * terms < limit else { return false }
        }
        return true
    }

    /// Sums the gradients along the tree, in `range` only. Afterwards the buffer returned holds the sum there; the
    /// others' contents in `range` are used up.
    ///
    /// - Parameters:
    ///   - tree: Over the shards.
    ///   - range: What is summed.
    ///   - holds: Whether a part of the sum has the gradient there; one that has not adds nothing.
    /// - Returns: nil when there is nothing to add up.
    func reduce(
        along tree: ReductionTree, in range: Range<Int>,
        where holds: (ParameterGradients) -> Bool = { _ in true }
    ) -> FlatBuffer? {
        func sum(_ node: ReductionTree.Node) -> FlatBuffer? {
            for contribution in all {
                for part in contribution.sums where part.node == node {
                    return holds(part.gradients) ? part.gradients.values : nil
                }
            }
            if node.isLeaf { return nil }
            let (left, right) = node.children
            guard let total = sum(left) else { return sum(right) }
            if let more = sum(right) { total.add(more, in: range) }
            return total
        }
        return sum(tree.root)
    }
}
