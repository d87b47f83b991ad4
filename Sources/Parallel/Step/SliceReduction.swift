import Tensor

extension ReductionTree {
    /// Sums the gradients of all subtrees along the tree, in `range` only. Afterwards the buffer returned
    /// holds the sum there; the others' contents in `range` are used up.
    ///
    /// - Parameters:
    ///   - gradients: The buffers of disjoint subtrees. A subtree without a buffer had no samples.
    ///   - range: The slice that is summed.
    /// - Returns: nil when there is no buffer at all.
    func reduce(_ gradients: [Node: FlatBuffer], in range: Range<Int>) -> FlatBuffer? {
        func sum(_ node: Node) -> FlatBuffer? {
            if let buffer = gradients[node] { return buffer }
            if node.isLeaf { return nil }
            let (left, right) = node.children
            guard let total = sum(left) else { return sum(right) }
            if let more = sum(right) { total.add(more, in: range) }
            return total
        }
        return sum(root)
    }
}
