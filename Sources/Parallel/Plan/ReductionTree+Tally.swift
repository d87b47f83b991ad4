extension ReductionTree {
    /// The sum of one tally a leaf, along the tree; a leaf without samples has none.
    package func sum(_ tallies: [Tally?]) -> Tally {
        sum(tallies, adding: +=) ?? Tally()
    }

    /// The sum of one part a leaf, along the tree; nil where no leaf has one.
    func sum<Part>(_ parts: [Part?], adding add: (inout Part, Part) -> Void) -> Part? {
        func sum(_ node: Node) -> Part? {
            if node.isLeaf { return parts[node.range.lowerBound] }
            let (left, right) = node.children
            guard var total = sum(left) else { return sum(right) }
            if let more = sum(right) { add(&total, more) }
            return total
        }
        return sum(root)
    }
}
