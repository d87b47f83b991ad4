extension ReductionTree {
    /// The sum of one tally a leaf, along the tree; a leaf without samples has none.
    package func sum(_ tallies: [Tally?]) -> Tally {
        func sum(_ node: Node) -> Tally? {
            if node.isLeaf { return tallies[node.range.lowerBound] }
            let (left, right) = node.children
            guard var total = sum(left) else { return sum(right) }
            if let more = sum(right) { total += more }
            return total
        }
        return sum(root) ?? Tally()
    }
}
