import Tensor
import TestSupport
import Testing

/// What holds for every operation of a kind, whatever it computes.
@Suite("Properties of operations")
struct OperationPropertyTests {
    private typealias Unary = @Sendable (Tensor) -> Tensor
    private typealias Binary = @Sendable (Tensor, Tensor) -> Tensor

    private static let activations: [Unary] = Activation.all.map { activation in { activation($0) } }
    private static let rowwise: [Unary] = activations + others
    private static let others: [Unary] = [
        { $0.log1p() }, { $0.erf() }, { $0.abs() }, { $0.clip(min: -0.5, max: 0.25) }, { $0.pow(3) },
        { $0.max(over: [-1], keepingAxes: true) }, { $0.min(over: [-1], keepingAxes: true) },
        { $0.mean(over: [-1], keepingAxes: true) }, { $0.variance(over: [-1], keepingAxes: true) },
        { $0.logSumExp(over: [-1], keepingAxes: true) }, { $0.centred(over: [-1]) },
    ]

    private static let binary: [Binary] = [
        { Tensor.minimum($0, $1) }, { Tensor.maximum($0, $1) }, { ($0 + 3).pow($1) },
        { Tensor.where($0 .> $1, $0, $1) }, { $0 .< $1 }, { $0 .!= $1 },
    ]

    /// x with its rows in another order.
    private func rows(_ x: Tensor, _ order: [Int]) -> Tensor {
        let width = x.count / order.count
        return Tensor(order.flatMap { x.values[($0 * width)..<(($0 + 1) * width)] }, shape: x.shape)
    }

    @Test(
        "the batch in another order gives the results and gradients in that order",
        arguments: 0..<rowwise.count)
    func permutation(_ index: Int) throws {
        let function = Self.rowwise[index]
        let order = [4, 0, 6, 2, 1, 5, 3]
        // 19 columns: a row begins anywhere in a vector of sixteen.
        let x = Tensor.wave([7, 19], scale: 0.9)
        let permuted = rows(x, order)
        #expect(function(permuted).values == rows(function(x), order).values)

        func gradient(_ x: Tensor, _ seed: Tensor) throws -> Tensor {
            let x = x.tracked
            let found = try gradients(of: function(x), withRespectTo: ["x": x], seed: seed)
            return try #require(found["x"])
        }
        let seed = Tensor.wave(function(x).shape, phase: 2)
        #expect(try gradient(permuted, rows(seed, order)).values == rows(gradient(x, seed), order).values)
    }

    @Test("gradients are linear in the seed", arguments: 0..<rowwise.count)
    func linear(_ index: Int) throws {
        let x = Tensor.wave([3, 5], scale: 0.9).tracked
        let y = Self.rowwise[index](x)
        func gradient(_ seed: Tensor) throws -> Tensor {
            try #require(
                try gradients(of: y, withRespectTo: ["x": x], seed: seed, keepingGraph: true)["x"])
        }
        let (a, b) = (Tensor.wave(y.shape, phase: 1), Tensor.wave(y.shape, phase: 2))
        let seed: Tensor = 2 * a - 3 * b
        let whole = try gradient(seed)
        let (first, second) = (try gradient(a), try gradient(b))
        let parts = 2 * first - 3 * second
        #expect(
            deviation(whole.values, from: parts.values.map(Double.init)) <= 2e-6
                || whole.abs().max().scalar < 1e-5)
    }

    @Test("broadcasting is what writing the copies out gives", arguments: 0..<binary.count)
    func broadcast(_ index: Int) throws {
        let function = Self.binary[index]
        let pairs: [(Tensor.Shape, Tensor.Shape, Tensor.Shape)] = [
            ([2, 3], [3], [2, 3]), ([2, 1, 3], [4, 1], [2, 4, 3]), ([5, 1], [1, 17], [5, 17]),
            ([], [2, 2], [2, 2]), ([1, 1, 1], [3], [1, 1, 3]), ([0, 3], [1, 3], [0, 3]), ([1], [0], [0]),
        ]
        for (left, right, result) in pairs {
            let (a, b) = (Tensor.wave(left).tracked, Tensor.wave(right, phase: 1).tracked)
            let stretched = function(a, b)
            let written = function(a.expanded(to: result), b.expanded(to: result))
            #expect(stretched.shape == result && stretched.values == written.values)
            if !stretched.isTracked { continue }
            let seed = Tensor.wave(result, phase: 3)
            let first = try gradients(of: stretched, withRespectTo: ["a": a, "b": b], seed: seed)
            let second = try gradients(of: written, withRespectTo: ["a": a, "b": b], seed: seed)
            for (name, gradient) in first { #expect(gradient.values == second[name]?.values) }
        }
    }

    @Test("where stretches its condition too")
    func broadcastCondition() throws {
        let condition = Tensor([1, 0], shape: [2, 1])
        let (a, b) = (Tensor([1, 2, 3]).tracked, Tensor(9).tracked)
        let y = Tensor.where(condition, a, b)
        #expect(y.shape == [2, 3] && y.values == [1, 2, 3, 9, 9, 9])
        let found = try gradients(of: y.sum(), withRespectTo: ["a": a, "b": b])
        #expect(found["a"]?.values == [1, 1, 1] && found["b"]?.values == [3])
    }

    @Test("results of rank 8 and of axes of size 1 are those of the same values in fewer axes")
    func highRank() {
        let x = Tensor.wave([2, 1, 3, 1, 2, 1, 2, 1])
        #expect(
            x.variance(over: [0, 4, 7]).values == x.reshaped([2, 3, 2, 2]).variance(over: [0, 2]).values)
        #expect(x.softmax(axis: 2).values == x.reshaped([2, 3, 4]).softmax(axis: 1).values)
        #expect(x.max(over: [2, -1]).shape == [2, 1, 1, 2, 1, 2])
    }
}
