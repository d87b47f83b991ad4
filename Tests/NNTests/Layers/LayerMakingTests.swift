import NN
import Spec
import Tensor
import Testing

@Suite("Layers made from a job file")
struct LayerMakingTests {
    private func model(_ input: [Int], _ layers: [LayerSpec]) throws -> Model {
        try Model(ModelSpec(input: input, layers: layers))
    }

    @Test("the fans of a convolution are channels / groups times the kernel's area, as in PyTorch")
    func fans() throws {
        func initializer(_ kind: LayerSpec.Kind, _ input: [Int]) throws -> Initializer? {
            try model(input, [LayerSpec(kind)]).layout.entries
                .first { $0.parameter.name == "0.weight" }?.parameter.initializer
        }
        // fan_in 6 / 2 * 3 * 5 = 45, fan_out 4 / 2 * 3 * 5 = 30
        func convolution(_ initializer: InitializerSpec?, _ activation: ActivationSpec? = nil)
            -> LayerSpec.Kind
        {
            .convolution(
                ConvolutionSpec(
                    filters: 4, kernel: [3, 5], groups: 2, activation: activation, initializer: initializer))
        }
        let input = [6, 8, 8]
        #expect(try initializer(convolution(.heNormal), input) == .normal(deviation: (2.0 / 45).squareRoot()))
        #expect(
            try initializer(convolution(nil, .relu), input) == .normal(deviation: (2.0 / 45).squareRoot()))
        #expect(try initializer(convolution(nil), input) == .normal(deviation: (2.0 / 75).squareRoot()))
        #expect(
            try initializer(convolution(.lecunUniform), input) == .uniform(bound: (3.0 / 45).squareRoot()))
        #expect(
            try initializer(convolution(.lecunNormal), input) == .normal(deviation: (1.0 / 45).squareRoot()))
        #expect(try initializer(convolution(.orthogonal(gain: 2)), input) == .orthogonal(gain: 2))
        #expect(try initializer(convolution(.constant(0.5)), input) == .constant(0.5))
        #expect(
            try initializer(
                .convolution(ConvolutionSpec(filters: 4, kernel: [3], initializer: .heUniform)), [6, 8])
                == .uniform(bound: (6.0 / 18).squareRoot()))
    }

    @Test("norms do not decay, weights do, and a layer's own decay and freezing reach its inner layers")
    func policies() throws {
        var block = LayerSpec(
            name: "block",
            .residual([
                LayerSpec(.convolution(ConvolutionSpec(filters: 2, kernel: [1, 1]))),
                LayerSpec(.batchNorm(BatchNormSpec())),
            ]))
        block.isFrozen = true
        block.weightDecay = 0.5
        let model = try model([2, 3, 3], [LayerSpec(.groupNorm(GroupNormSpec(groups: 1))), block])
        let decays = Dictionary(
            uniqueKeysWithValues: model.layout.entries.map { ($0.parameter.name, $0.parameter) })
        #expect(decays.values.filter(\.decays).map(\.name) == ["block.0.weight"])
        #expect(decays.values.filter(\.policy.isFrozen).count == 4)
        #expect(decays["block.0.weight"]?.policy.weightDecay == 0.5)
        #expect(decays["0.weight"]?.policy == ParameterPolicy())
        #expect(model.layout.averages.map(\.average.name) == ["block.1.running_mean", "block.1.running_var"])
        #expect(model.layout.averages.allSatisfy { $0.average.momentum == 0 })
    }

    @Test("weight decay shrinks weights by the optimizer's rate or the layer's own, and nothing else")
    func decay() throws {
        let model = try model(
            [2, 3, 3],
            [
                LayerSpec(.convolution(ConvolutionSpec(filters: 2, kernel: [1, 1]))),
                LayerSpec(.batchNorm(BatchNormSpec())),
                LayerSpec(.flatten),
                LayerSpec(
                    weightDecay: 0.5,
                    .residual([
                        LayerSpec(.layerNorm(LayerNormSpec())), LayerSpec(.dense(DenseSpec(units: 18))),
                    ])),
            ])
        let start = Weights(model.layout, values: [Float](repeating: 1, count: model.layout.count))
        let buffer = FlatBuffer(start.values)
        SGD(learningRate: 0.5, weightDecay: 0.25).step(
            buffer, gradients: FlatBuffer(count: buffer.count), state: [], layout: model.layout,
            in: 0..<buffer.count, update: 1)
        let end = Weights(model.layout, values: buffer.values)
        for name in end.names {
            let expected: Float = name == "0.weight" ? 1 - 0.125 : name == "3.1.weight" ? 1 - 0.25 : 1
            #expect(Set(end[name].values) == [expected], "\(name)")
        }
    }

    @Test("shapes that are inferred are those that come out", arguments: [1, 2, 3], [1, 2, 3])
    func shapes(_ stride: Int, _ kernel: Int) throws {
        let same = ConvolutionSpec(
            filters: 3, kernel: [kernel, 2], stride: [stride, 1], padding: .same, dilation: [2, 1])
        let model = try model(
            [2, 7, 6],
            [
                LayerSpec(.convolution(same)),
                LayerSpec(
                    .convTranspose2d(
                        ConvTranspose2DSpec(
                            filters: 2, kernel: [kernel, 3], stride: [stride, 2], padding: [0, 1],
                            outputPadding: [stride - 1, 1]))),
                LayerSpec(.pooling(PoolingSpec(.average, size: [2, kernel], stride: [1, stride]))),
            ])
        let output = ModelReplica(model, Weights(model)).predict(Tensor(wave(2 * 84), shape: [2, 2, 7, 6]))
        #expect(output.shape.sizes == [2] + model.outputShape)
    }
}
