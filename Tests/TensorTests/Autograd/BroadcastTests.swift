import Tensor
import Testing

@Suite("Broadcasting")
struct BroadcastTests {
    typealias Pair = (a: Tensor.Shape, b: Tensor.Shape, result: Tensor.Shape)

    @Test(
        "is what writing the copies out gives, forward and backward",
        arguments: [
            ([2, 3], [3], [2, 3]), ([2, 1, 3], [4, 1], [2, 4, 3]), ([5, 1], [1, 17], [5, 17]),
            ([], [2, 2], [2, 2]),
            ([1, 1, 1], [3], [1, 1, 3]), ([0, 3], [1, 3], [0, 3]), ([1], [0], [0]),
        ] as [Pair])
    func explicit(_ pair: Pair) throws {
        #expect(pair.a.broadcast(with: pair.b) == pair.result)
        let a = Tensor.wave(pair.a).tracked
        let b = Tensor.wave(pair.b, phase: 1, offset: 2).tracked
        for operation in [{ $0 + $1 }, { $0 - $1 }, { $0 * $1 }, { $0 / $1 }] as [(Tensor, Tensor) -> Tensor]
        {
            let stretched = operation(a, b)
            let written = operation(a.expanded(to: pair.result), b.expanded(to: pair.result))
            #expect(stretched.shape == pair.result)
            #expect(stretched.values == written.values)
            let first = try gradients(of: stretched.weighted(), withRespectTo: ["a": a, "b": b])
            let second = try gradients(of: written.weighted(), withRespectTo: ["a": a, "b": b])
            for (name, gradient) in first {
                #expect(gradient.values == second[name]?.values)
            }
        }
    }

    @Test("sizes that differ do not broadcast unless one is 1")
    func refused() {
        #expect(Tensor.Shape([2, 3]).broadcast(with: [2]) == nil)
        #expect(Tensor.Shape([4]).broadcast(with: [3]) == nil)
        #expect(Tensor.Shape([0]).broadcast(with: [2]) == nil)
    }
}
