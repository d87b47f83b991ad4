import Parallel
import Tensor
import Testing

@Suite("What the ranks own")
struct OwnedPartsTests {
    @Test("is everything, once, at any number of ranks", arguments: [1, 2, 3, 5, 40])
    func partition(ranks: Int) {
        let weights = [
            GradientFactors.Weight(offset: 10, inputs: 70, outputs: 33),
            GradientFactors.Weight(offset: 2400, inputs: 7, outputs: 500),
        ]
        let plan = UpdatePlan(count: 40000, weights: weights)
        let owned = (0..<ranks).map { OwnedParts(plan, rank: $0, of: ranks) }
        let ranges = owned.flatMap(\.ranges).sorted { $0.lowerBound < $1.lowerBound }
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == 40000)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(owned.flatMap(\.pieces).sorted() == Array(plan.pieces.indices))
    }

    @Test("is what their workers take, whatever their number", arguments: [1, 2, 3])
    func workers(count: Int) {
        let plan = UpdatePlan(
            count: 90000, weights: [GradientFactors.Weight(offset: 0, inputs: 300, outputs: 200)])
        for rank in 0..<3 {
            let pieces = (0..<count).flatMap { plan.pieces(of: rank * count + $0, among: 3 * count) }
            #expect(pieces.sorted() == OwnedParts(plan, rank: rank, of: 3).pieces.sorted())
        }
    }
}
