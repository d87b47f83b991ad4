import Tensor
import TestSupport
import Testing

@Suite("Convolution in each way through its kernels")
struct DirectConvolutionTests {
    private func leaves(_ sizes: ConvolutionByDefinition) -> [Tensor] {
        [sizes.inputs.x.tracked, sizes.inputs.weight.tracked, sizes.inputs.bias.tracked]
    }

    private func gradients(_ y: Tensor, _ leaves: [Tensor], seed: Tensor) throws -> [[Float]] {
        let named = ["x": leaves[0], "w": leaves[1], "b": leaves[2]]
        let found = try Tensor::gradients(of: y, withRespectTo: named, seed: seed)
        return try ["x", "w", "b"].map { try #require(found[$0]).values }
    }

    @Test("result and gradients are those of the definition", arguments: ConvolutionByDefinition.all)
    func definition(_ sizes: ConvolutionByDefinition) throws {
        let expected = sizes.evaluate { Tensor.wave(Tensor.Shape($0), phase: 3).values }
        let leaves = leaves(sizes)
        let y = sizes.convolve(leaves[0], leaves[1], leaves[2])
        #expect(deviation(y.values, from: expected.y) <= 2e-6)
        let found = try gradients(y, leaves, seed: Tensor(expected.upstream, shape: y.shape))
        for (found, expected) in zip(found, expected.gradients) {
            #expect(deviation(found, from: expected) <= 2e-6)
        }
    }

    @Test("the gradients as operations are those of the definition", arguments: ConvolutionByDefinition.all)
    func operations(_ sizes: ConvolutionByDefinition) throws {
        let expected = sizes.evaluate { Tensor.wave(Tensor.Shape($0), phase: 3).values }
        let leaves = leaves(sizes)
        let y = sizes.convolve(leaves[0], leaves[1], leaves[2])
        let named = ["x": leaves[0], "w": leaves[1], "b": leaves[2]]
        let found = try Tensor::gradients(
            of: y, withRespectTo: named, seed: Tensor(expected.upstream, shape: y.shape),
            differentiable: true)
        for (name, expected) in zip(["x", "w", "b"], expected.gradients) {
            #expect(deviation(try #require(found[name]).values, from: expected) <= 2e-6)
        }
    }

    @Test("with a ReLU inside is a ReLU behind, bit for bit", arguments: ConvolutionByDefinition.all)
    func relu(_ sizes: ConvolutionByDefinition) throws {
        let (one, two) = (leaves(sizes), leaves(sizes))
        let fused = sizes.convolve(one[0], one[1], one[2], .relu)
        let apart = sizes.convolve(two[0], two[1], two[2]).relu()
        let seed = Tensor.wave(fused.shape, phase: 3)
        #expect(fused.values == apart.values && fused.values.contains { $0 > 0 })
        #expect(try gradients(fused, one, seed: seed) == gradients(apart, two, seed: seed))
    }

    @Test(
        "with the largest of squares inside is a pooling behind, bit for bit",
        arguments: ConvolutionByDefinition.all, [Activation.relu, .identity, .tanh])
    func squares(_ sizes: ConvolutionByDefinition, _ activation: Activation) throws {
        let (one, two) = (leaves(sizes), leaves(sizes))
        let result = activation(sizes.convolve(two[0], two[1], two[2]))
        guard result.shape[2] > 1 && result.shape[3] > 1 else { return }
        let apart = result.maxPool2d(kernel: (2, 2))
        let fused = sizes.convolveAndPool(one[0], one[1], one[2], activation)
        let seed = Tensor.wave(fused.shape, phase: 3)
        #expect(fused.shape == apart.shape && fused.values == apart.values)
        #expect(try gradients(fused, one, seed: seed) == gradients(apart, two, seed: seed))
    }

    @Test("the gradients of a pooled ReLU can be differentiated again")
    func second() throws {
        func penalty(_ leaves: [Tensor], fused: Bool) throws -> [[Float]] {
            let y =
                fused
                ? Tensor.conv2dMaxPool(leaves[0], weight: leaves[1], bias: leaves[2], activation: .relu)
                : Tensor.conv2d(leaves[0], weight: leaves[1], bias: leaves[2]).relu().maxPool2d(
                    kernel: (2, 2))
            let named = ["x": leaves[0], "w": leaves[1], "b": leaves[2]]
            let first = try Tensor::gradients(
                of: y.squared().weighted(), withRespectTo: named, differentiable: true)
            let sum = try ["x", "w", "b"].map { try #require(first[$0]).squared().sum() }
            let second = try Tensor::gradients(of: sum[0] + sum[1] + sum[2], withRespectTo: named)
            return try ["x", "w", "b"].map { try #require(second[$0]).values }
        }
        let sizes = ConvolutionByDefinition(x: [2, 3, 6, 7], weight: [9, 3, 3, 3])
        let fused = try penalty(leaves(sizes), fused: true)
        let apart = try penalty(leaves(sizes), fused: false)
        for (fused, apart) in zip(fused, apart) {
            #expect(deviation(fused, from: apart.map(Double.init)) <= 2e-6)
            #expect(fused.contains { $0 != 0 })
        }
    }

    @Test("squares: the first of equals after the bias, a NaN before all, the odd row and column left out")
    func ties() throws {
        // 2^25 swallows what tells the cells apart.
        let cells: [Float] = [1, 2, 7, 3, 4, 7, .nan, 7, 7, 5, 8, 7, 7, 7, 7]
        let x = Tensor(cells, shape: [1, 1, 3, 5]).tracked
        let w = Tensor(repeating: 1, shape: [16, 1, 1, 2])
        let large = Tensor(repeating: 0x1p25, shape: [16])
        let y = Tensor.conv2dMaxPool(x, weight: w, bias: large, activation: .relu)
        #expect(y.shape == [1, 16, 1, 2] && y.values[0].isNaN)
        let apart = Tensor.conv2d(x, weight: w, bias: large).relu().maxPool2d(kernel: (2, 2))
        let seed = Tensor.wave(y.shape, phase: 3)
        let found = try Tensor::gradients(of: y, withRespectTo: ["x": x], seed: seed)["x"]
        let expected = try Tensor::gradients(of: apart, withRespectTo: ["x": x], seed: seed)["x"]
        #expect(found?.values == expected?.values)
        #expect(y.values.map(\.bitPattern) == apart.values.map(\.bitPattern))
    }

    @Test("a second pooled step takes no memory that the first has not left behind")
    func steady() throws {
        let pool = BufferPool()
        let sizes = ConvolutionByDefinition(
            x: [2, 9, 9, 9], weight: [18, 9, 3, 3], stride: (2, 2), padding: (1, 1))
        let flat = FlatBuffer(sizes.inputs.weight.values + sizes.inputs.bias.values)
        let found = FlatBuffer(count: flat.count)
        let w = Tensor.parameter(viewing: flat, at: 0, shape: sizes.inputs.weight.shape)
        let b = Tensor.parameter(viewing: flat, at: w.count, shape: sizes.inputs.bias.shape)
        func step() throws {
            let image = Tensor(sizes.inputs.x.values, shape: sizes.inputs.x.shape, pool: pool).tracked
            let y = sizes.convolveAndPool(image, w, b, .relu).flattened(from: 1)
            try backward(from: (y * y).sum(), seed: 1, parameters: [w, b], into: found)
        }
        try step()
        let (bytes, first) = (pool.allocatedBytes, found.values)
        try step()
        #expect(pool.allocatedBytes == bytes && bytes > 0)
        #expect(found.values == first && first.allSatisfy { $0 != 0 })
    }

    @Test("a weight that is used twice gets the sum of its gradients in a flat buffer, a frozen one none")
    func shared() throws {
        let sizes = ConvolutionByDefinition(x: [2, 9, 6, 7], weight: [9, 9, 3, 3], padding: (1, 1))
        let inputs = sizes.inputs
        let flat = FlatBuffer(inputs.weight.values + inputs.bias.values)
        let found = FlatBuffer(count: flat.count)
        let w = Tensor.parameter(viewing: flat, at: 0, shape: inputs.weight.shape)
        let b = Tensor.parameter(viewing: flat, at: w.count, shape: inputs.bias.shape)
        func twice(_ w: Tensor, _ b: Tensor) -> Tensor {
            sizes.convolveAndPool(sizes.convolve(inputs.x, w, b, .relu), w, b, .identity).weighted()
        }
        try backward(from: twice(w, b), seed: 1, parameters: [w, b], into: found)
        let leaves = ["w": inputs.weight.tracked, "b": inputs.bias.tracked]
        let graph = try Tensor::gradients(
            of: twice(try #require(leaves["w"]), try #require(leaves["b"])), withRespectTo: leaves)
        let reference = (graph["w"]?.values ?? []) + (graph["b"]?.values ?? [])
        #expect(deviation(found.values, from: reference.map(Double.init)) <= 1e-6)

        let bias = inputs.bias.tracked
        let frozen = try Tensor::gradients(
            of: twice(inputs.weight, bias), withRespectTo: ["b": bias])["b"]
        let expected = try #require(graph["b"]).values.map(Double.init)
        #expect(deviation(try #require(frozen).values, from: expected) <= 1e-6)
    }
}
