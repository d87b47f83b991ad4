import Tensor

/// The fixed binary tree along which everything is summed over shards.
///
/// The tree over 0 ..< n has on its left the largest power of two below n. It depends on n alone, so a sum
/// has the same bits whoever computes which part of it.
package struct ReductionTree: Sendable {
    package struct Node: Sendable, Hashable {
        package let range: Range<Int>

        package var isLeaf: Bool { range.count == 1 }

        package var children: (left: Node, right: Node) {
            var width = 1
            while width * 2 < range.count { width *= 2 }
            let middle = range.lowerBound + width
            return (Node(range: range.lowerBound..<middle), Node(range: middle..<range.upperBound))
        }
    }

    package let root: Node

    /// - Precondition: `leaves` is at least 1.
    package init(leaves: Int) {
        require(leaves >= 1)
        root = Node(range: 0..<leaves)
    }

    /// The largest subtrees whose leaves all lie in `run`, from left to right: what one worker can sum by
    /// itself. There are at most 2 log2(leaves) of them.
    package func subtrees(in run: Range<Int>) -> [Node] {
        func visit(_ node: Node) -> [Node] {
            if run.clamped(to: node.range).isEmpty { return [] }
            if run.lowerBound <= node.range.lowerBound && node.range.upperBound <= run.upperBound {
                return [node]
            }
            let (left, right) = node.children
            return visit(left) + visit(right)
        }
        return visit(root)
    }
}
