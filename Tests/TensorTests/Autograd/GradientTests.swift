import Tensor
import TestSupport
import Testing

@Suite("Gradients")
struct GradientTests {
    @Test("a tensor that is used many times gets the sum of all its gradients")
    func multipleUse() throws {
        let x = Tensor([3, -2]).tracked
        // x^3 + x^2 + x has the derivative 3 x^2 + 2 x + 1.
        let square = x * x
        let y = square * x + square + x
        #expect(try gradients(of: y.sum(), withRespectTo: ["x": x])["x"]?.values == [34, 9])
    }

    @Test("an operand that is the same tensor twice counts twice, in products of matrices too")
    func sameOperandTwice() throws {
        let a = Tensor([1, 2, 3, 4], shape: [2, 2]).tracked
        let found = try gradients(of: a.matmul(a).sum(), withRespectTo: ["a": a])
        // The sum over all of A A has the gradient (sum of row j) + (sum of column i) at element i, j.
        #expect(found["a"]?.values == [7, 11, 9, 13])
    }

    @Test("intermediate results and the output itself have gradients too")
    func intermediates() throws {
        let x = Tensor([1, 2]).tracked
        let middle = x * 3
        let y = (middle * middle).sum()
        let found = try gradients(of: y, withRespectTo: ["x": x, "middle": middle, "y": y])
        #expect(found["middle"]?.values == [6, 12])
        #expect(found["x"]?.values == [18, 36])
        #expect(found["y"]?.values == [1])
    }

    @Test("an input that the output does not depend on gets zeros")
    func independent() throws {
        let (x, other) = (Tensor([1, 2]).tracked, Tensor.wave([2, 3]).tracked)
        let found = try gradients(of: x.sum(), withRespectTo: ["other": other])
        #expect(found["other"]?.shape == [2, 3] && found["other"]?.values == [0, 0, 0, 0, 0, 0])
    }

    @Test("a detached tensor is a constant")
    func detached() throws {
        let x = Tensor([2, 5]).tracked
        let found = try gradients(of: (x * x.detached).sum(), withRespectTo: ["x": x])
        #expect(found["x"]?.values == [2, 5])
        #expect(!x.detached.isTracked && !(x.detached * 2).isTracked)
    }

    @Test("a seed weighs the output's values")
    func seed() throws {
        let x = Tensor([1, 2, 3]).tracked
        let found = try gradients(of: x * x, withRespectTo: ["x": x], seed: Tensor([1, 10, 100]))
        #expect(found["x"]?.values == [2, 40, 600])
    }

    @Test("gradients that are not differentiated are constants, of a tracked seed too")
    func trackedSeed() throws {
        let (x, seed) = (Tensor([1, 2, 3]).tracked, Tensor([1, 10, 100]).tracked)
        func gradient(differentiable: Bool) throws -> Tensor {
            let found = try gradients(
                of: x * x, withRespectTo: ["x": x], seed: seed, differentiable: differentiable)
            return try #require(found["x"])
        }
        #expect(try !gradient(differentiable: false).isTracked)
        let recorded = try gradient(differentiable: true)
        let found = try gradients(of: recorded.sum(), withRespectTo: ["seed": seed])
        #expect(found["seed"]?.values == [2, 4, 6])
    }

    @Test("gradients are linear in the output")
    func linear() throws {
        let x = Tensor.wave([3, 4]).tracked
        func f() -> Tensor { (x.tanh() * x).weighted() }
        func g() -> Tensor { x.exp().weighted(phase: 2) }
        let both = try #require(try gradients(of: 2 * f() - 3 * g(), withRespectTo: ["x": x])["x"])
        let first = try #require(try gradients(of: f(), withRespectTo: ["x": x])["x"])
        let second = try #require(try gradients(of: g(), withRespectTo: ["x": x])["x"])
        #expect(deviation(both.values, from: (2 * first - 3 * second).values.map(Double.init)) <= 1e-6)
    }

    @Test("the gradients of a pass are the same bits every time")
    func repeatable() throws {
        func run() throws -> [Float]? {
            let x = Tensor.wave([7, 33]).tracked
            let y = Tensor.dense(x, weight: .wave([33, 19]), bias: nil, activation: .tanh).softmax()
            return try gradients(of: y.weighted(), withRespectTo: ["x": x])["x"]?.values
        }
        #expect(try run() == run())
    }
}
