import NN
import Parallel
import Tensor
import Testing

@Suite("The pieces of an update")
struct UpdatePlanTests {
    private func weights(_ sizes: [(Int, Int)]) -> (count: Int, weights: [GradientFactors.Weight]) {
        // A bias in front of each weight, as the order of names has it.
        var offset = 0
        let weights = sizes.map { inputs, outputs in
            offset += outputs
            defer { offset += inputs * outputs }
            return GradientFactors.Weight(offset: offset, inputs: inputs, outputs: outputs)
        }
        return (offset, weights)
    }

    private static let nets: [[(Int, Int)]] = [
        [], [(1, 1)], [(784, 100), (100, 200), (200, 10)], [(784, 500), (500, 200), (200, 10)],
        [(784, 2048), (2048, 2048), (2048, 10)], [(3, 7000)],
    ]

    @Test("cover every number once, whole rows of a weight, and every worker count shares all of them out")
    func cover() {
        for net in UpdatePlanTests.nets {
            let (count, weights) = weights(net)
            let plan = UpdatePlan(count: count + 20_000, weights: weights)
            let ranges = plan.pieces.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
            #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == count + 20_000)
            #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
            for piece in plan.pieces {
                guard let product = piece.product else { continue }
                let weight = weights[product.weight]
                #expect(piece.range.lowerBound == weight.offset + product.inputs.lowerBound * weight.outputs)
                #expect(piece.range.count == product.inputs.count * weight.outputs)
            }
            for workers in 1...9 {
                let shares = (0..<workers).flatMap { plan.pieces(of: $0, among: workers) }
                #expect(shares.sorted() == Array(plan.pieces.indices))
            }
        }
    }

    @Test("two and four workers multiply equally much, to a row")
    func balance() {
        for net in UpdatePlanTests.nets.dropFirst(2).dropLast() {
            let (count, weights) = weights(net)
            let plan = UpdatePlan(count: count, weights: weights)
            let widest = net.map(\.1).max() ?? 0
            for workers in [2, 4] {
                let work = (0..<workers).map { worker in
                    plan.pieces(of: worker, among: workers).filter { plan.pieces[$0].product != nil }
                        .reduce(0) { $0 + plan.pieces[$1].range.count }
                }
                #expect((work.max() ?? 0) - (work.min() ?? 0) <= 2 * widest, "\(net) \(work)")
            }
        }
    }
}
