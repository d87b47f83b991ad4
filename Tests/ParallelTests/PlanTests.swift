import Parallel
import Testing

@Suite("Shards, slices and the reduction tree")
struct PlanTests {
    @Test(
        "Shards cover the rows in order, and their sizes differ by at most one",
        arguments: [0, 1, 2, 7, 30, 100, 101])
    func shardsCoverRows(rows: Int) {
        for shards in 1...17 {
            let plan = ShardPlan(rows: rows, shards: shards)
            let ranges = (0..<shards).map(plan.rows(of:))
            #expect(ranges.first?.lowerBound == 0)
            #expect(ranges.last?.upperBound == rows)
            #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
            let sizes = ranges.map(\.count)
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
            #expect(sizes == sizes.sorted(by: >))
        }
    }

    @Test("The parts of a share cover it without overlap, in whole units")
    func sharesCover() {
        for (count, parts, unit) in [
            (494_000, 3, 16), (10, 4, 1), (3, 8, 1), (0, 2, 16), (17, 2, 16), (100, 7, 16),
        ] {
            let ranges = (0..<parts).map { share(of: count, part: $0, of: parts, unit: unit) }
            #expect(ranges.reduce(0) { $0 + $1.count } == count)
            #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
            #expect(ranges.dropFirst().allSatisfy { $0.lowerBound.isMultiple(of: unit) || $0.isEmpty })
        }
    }

    @Test("However the leaves are shared out, the subtrees cover each leaf once and are few")
    func subtreesCover() {
        for leaves in 1...33 {
            let tree = ReductionTree(leaves: leaves)
            for workers in 1...9 {
                let runs = (0..<workers).map { share(of: leaves, part: $0, of: workers) }
                let subtrees = runs.map(tree.subtrees(in:))
                #expect(subtrees.flatMap { $0 }.flatMap { Array($0.range) }.sorted() == Array(0..<leaves))
                let bound = 2 * (Int.bitWidth - leaves.leadingZeroBitCount)
                #expect(subtrees.allSatisfy { $0.count <= bound })
            }
        }
    }

    @Test("The tree over 6 leaves is ((0 1)(2 3))(4 5)")
    func treeShape() {
        let root = ReductionTree(leaves: 6).root
        #expect(root.children.left.range == 0..<4)
        #expect(root.children.right.range == 4..<6)
        #expect(root.children.left.children.left.range == 0..<2)
        #expect(root.children.right.children.right.range == 5..<6)
    }

    @Test("A leaf without samples adds nothing")
    func emptyLeaves() {
        let tally = Tally(lossSum: 2, terms: 3, correct: 1, samples: 3)
        #expect(
            ReductionTree(leaves: 3).sum([tally, nil, tally])
                == Tally(lossSum: 4, terms: 6, correct: 2, samples: 6))
        #expect(ReductionTree(leaves: 2).sum([nil, nil]) == Tally())
    }
}
