import Tensor
import TestSupport
import Testing

@Suite("Gradients of dense weights as factors")
struct GradientFactorTests {
    // A weight [2, 3] at 0, a bias [3] at 6, a weight [3, 2] at 9.
    private let weights = FlatBuffer((0..<15).map { Float($0 % 7) / 4 - 0.5 })
    private let list = [
        GradientFactors.Weight(offset: 0, inputs: 2, outputs: 3),
        GradientFactors.Weight(offset: 9, inputs: 3, outputs: 2),
    ]
    private let samples = (0..<10).map { Float($0 * $0 % 11) / 8 - 0.5 }

    private func parameter(_ offset: Int, _ shape: Tensor.Shape) -> Tensor {
        Tensor.parameter(viewing: weights, at: offset, shape: shape)
    }

    private var parameters: [Tensor] { [parameter(0, [2, 3]), parameter(6, [3]), parameter(9, [3, 2])] }

    /// The gradient over five samples, in two shards of 3 and 2, as a step puts it together.
    private func inShards(_ loss: (_ x: Tensor, _ parameters: [Tensor]) -> Tensor) throws -> [Float] {
        let factors = GradientFactors(list, samples: 5)
        let parts = try [0..<3, 3..<5].map { shard in
            let part = ParameterGradients(count: 15, factors: factors)
            part.begin(samples: shard)
            let parameters = parameters
            let x = Tensor(
                Array(samples[(2 * shard.lowerBound)..<(2 * shard.upperBound)]), shape: [shard.count, 2])
            try backward(from: loss(x, parameters), seed: 1, parameters: parameters, into: part)
            return part
        }
        parts[0].add(parts[1])
        let sum = FlatBuffer(parts[0].values.values)
        for (index, weight) in list.enumerated() {
            let product = FlatBuffer(count: 15)
            factors.multiply(weight: index, inputs: 0..<weight.inputs, samples: 0..<5, into: product)
            if parts[0].isWrittenOut[index] {
                sum.add(product, in: weight.range)
            } else {
                sum.copy(product, in: weight.range)
            }
        }
        return sum.values
    }

    /// The same by an ordinary backward pass over all samples.
    private func whole(_ loss: (_ x: Tensor, _ parameters: [Tensor]) -> Tensor) throws -> [Float] {
        let gradients = FlatBuffer(count: 15)
        let parameters = parameters
        try backward(
            from: loss(Tensor(samples, shape: [5, 2]), parameters), seed: 1, parameters: parameters,
            into: gradients)
        return gradients.values
    }

    /// What a shard adds of something that all samples together add once.
    private func part(_ x: Tensor) -> Float { Float(x.shape[0]) / 5 }

    private func check(
        sourceLocation: SourceLocation = #_sourceLocation,
        _ loss: (_ x: Tensor, _ parameters: [Tensor]) -> Tensor
    ) throws {
        let (found, expected) = (try inShards(loss), try whole(loss))
        #expect(expected.contains { abs($0) > 0.01 }, sourceLocation: sourceLocation)
        for (a, b) in zip(found, expected) {
            #expect(
                abs(a - b) <= 1e-5 * max(1, abs(b)), "\(found) \(expected)", sourceLocation: sourceLocation)
        }
    }

    @Test("are the same as without, for a network")
    func network() throws {
        try check { x, p in
            let hidden = Tensor.dense(x, weight: p[0], bias: p[1], activation: .tanh)
            return Tensor.dense(hidden, weight: p[2], bias: nil).squared().sum()
        }
    }

    @Test("for a weight that is used twice, or in another way too, or not at all")
    func otherUses() throws {
        try check { x, p in
            (Tensor.dense(x, weight: p[0], bias: p[1]) + Tensor.dense(x * 2, weight: p[0], bias: nil))
                .squared().sum()
        }
        try check { x, p in
            Tensor.dense(x, weight: p[0], bias: p[1]).squared().sum() + p[0].squared().sum() * part(x)
                + p[2].sum() * part(x)
        }
        try check { x, p in p[0].squared().sum() * part(x) + Tensor.dense(x, weight: p[0], bias: p[1]).sum() }
        try check { x, p in x.matmul(p[0]).squared().sum() }
    }

    @Test("for a weight that only some shards use as a product")
    func mixedUses() throws {
        try check { x, p in
            // A shard with the first sample uses the weight in two ways; only the sums over shards agree, so both
            // ways add the same.
            x.values.first == samples.first
                ? Tensor.dense(x, weight: p[0], bias: p[1]).squared().sum() + (p[0] * 0).sum()
                : Tensor.dense(x, weight: p[0], bias: p[1]).squared().sum()
        }
    }

    @Test("with several rows a sample, as sequences have")
    func rows() throws {
        try check { x, p in
            // Each sample's two features become two rows of one feature and a constant.
            let rows = Tensor.concatenated(
                [x.reshaped([x.count, 1]), x.reshaped([x.count, 1]).squared()], axis: 1)
            return Tensor.dense(rows, weight: p[0], bias: p[1], activation: .sigmoid).sum()
        }
    }

    @Test("what an earlier step left behind, infinities too, does not count")
    func leftovers() throws {
        let factors = GradientFactors([list[0]], samples: 4)
        let part = ParameterGradients(count: 15, factors: factors)
        let parameters = [parameter(0, [2, 3])]
        part.begin(samples: 0..<2)
        let infinite = Tensor(repeating: .infinity, shape: [2, 2])
        try backward(
            from: Tensor.dense(infinite, weight: parameters[0], bias: nil).sum(), seed: 1,
            parameters: parameters, into: part)
        var largest: (x: Float, slope: Float) = (0, 0)
        part.includeFactors(of: 0, in: &largest)
        #expect(largest.x == .infinity)
        part.begin(samples: 0..<2)
        try backward(from: parameters[0].sum(), seed: 1, parameters: parameters, into: part)
        #expect(part.isWrittenOut == [true] && Array(part.values.values[..<6]) == [1, 1, 1, 1, 1, 1])
        let product = FlatBuffer(count: 15)
        factors.multiply(weight: 0, inputs: 0..<2, samples: 0..<4, into: product)
        #expect(product.values == [Float](repeating: 0, count: 15))
        largest = (0, 0)
        part.includeFactors(of: 0, in: &largest)
        #expect(largest == (0, 0))
    }
}
