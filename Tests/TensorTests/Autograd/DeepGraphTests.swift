import Tensor
import TestSupport
import Testing

/// A graph is as deep as a program makes it, and a thread's stack is not.
@Suite("Deep graphs")
struct DeepGraphTests {
    private static let depth = 100_000

    private func chain(from x: Tensor) -> Tensor {
        (0..<DeepGraphTests.depth).reduce(x) { y, _ in y + x }
    }

    @Test("a backward pass through 100,000 operations")
    func backward() throws {
        let x = Tensor([1]).tracked
        let found = try gradients(of: chain(from: x).sum(), withRespectTo: ["x": x])
        #expect(found["x"]?.values == [Float(DeepGraphTests.depth + 1)])
    }

    @Test("a backward pass that keeps the graph, which is then let go")
    func kept() throws {
        let x = Tensor([1]).tracked
        let found = try gradients(of: chain(from: x).sum(), withRespectTo: ["x": x], keepingGraph: true)
        #expect(found["x"]?.values == [Float(DeepGraphTests.depth + 1)])
    }

    @Test("a graph of 100,000 operations that is thrown away unused")
    func thrownAway() {
        let x = Tensor([1]).tracked
        #expect(chain(from: x).values == [Float(DeepGraphTests.depth + 1)])
    }

    @Test("gradients that are themselves a deep graph")
    func differentiable() throws {
        let x = Tensor([0.5]).tracked
        let y = (0..<10_000).reduce(x) { y, _ in y * 1.0001 }
        let found = try gradients(of: (y * y).sum(), withRespectTo: ["x": x], differentiable: true)
        let slope = try #require(found["x"])
        let second = try gradients(of: slope.sum(), withRespectTo: ["x": x])
        // y = c x, so that d2(y^2)/dx2 = 2 c^2 = d(y^2)/dx / x.
        #expect(deviation(try #require(second["x"]).values, from: [Double(slope.scalarOfOne) / 0.5]) < 1e-5)
    }
}

extension Tensor {
    fileprivate var scalarOfOne: Float { values.first ?? .nan }
}
