import NN
import Tensor
import Testing

@Suite("Normalisation where a formula could divide by zero")
struct NormalizationTests {
    private struct Pass {
        let output: [Float]
        let gradients: Weights
    }

    /// One training pass of a layer between a shift of its input and the squared error to zero.
    private func pass(_ layer: any Layer, _ x: Tensor, weights values: [String: Tensor] = [:]) throws -> Pass
    {
        let model = Model(
            inputShape: Array(x.shape.sizes.dropFirst()), outputShape: Array(x.shape.sizes.dropFirst()),
            Sequential([Shift(), layer]))
        var weights = Weights(model)
        for (name, value) in values { weights[name] = value }
        let gradients = FlatBuffer(count: model.layout.count)
        let output = try ModelReplica(model, weights).differentiate(
            .meanSquaredError, of: x, .values(Tensor(wave(x.count), shape: x.shape)), scale: 1,
            into: gradients
        ).output
        return Pass(output: output.values, gradients: Weights(model.layout, values: gradients.values))
    }

    private struct Shift: Layer {
        let value = Parameter(name: "0.shift", shape: [1], initializer: .zeros, decays: false)
        var parameters: [Parameter] { [value] }
        func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x + context[value] }
    }

    static let layers: [any Layer] = [
        BatchNorm(name: "n", channels: 4), LayerNorm(name: "n", features: 4), RMSNorm(name: "n", features: 4),
        GroupNorm(name: "n", groups: 2, channels: 4), GroupNorm(name: "n", groups: 4, channels: 4),
    ]

    @Test("equal values, zeros, huge and tiny ones give finite outputs and gradients", arguments: 0..<5)
    func finite(_ index: Int) throws {
        let layer = Self.layers[index]
        for value: Float in [0, 3, -1e30, .leastNormalMagnitude, .leastNonzeroMagnitude] {
            let pass = try pass(layer, Tensor(repeating: value, shape: [3, 4]))
            #expect(pass.output.allSatisfy { $0.isFinite }, "\(value)")
            #expect(pass.gradients.values.allSatisfy { $0.isFinite }, "\(value)")
        }
        let spread = try pass(layer, Tensor([1e15, -1e15, 0, 1, 2, 1e-30, 5, 7], shape: [2, 4]))
        #expect((spread.output + spread.gradients.values).allSatisfy { $0.isFinite })
    }

    @Test("values far from zero and close together keep their digits")
    func offset() throws {
        let pass = try pass(
            LayerNorm(name: "n", features: 4), Tensor([10001, 10002, 10003, 10004], shape: [1, 4]))
        // (-1.5, -0.5, 0.5, 1.5) / sqrt(1.25 + 1e-5)
        for (value, exact) in zip(pass.output, [-1.341_635, -0.447_211_8, 0.447_211_8, 1.341_635]) {
            #expect(abs(Double(value) - exact) < 1e-6)
        }
    }

    @Test("a shard of one value a channel gives the bias, and leaves the running variance as it was")
    func single() throws {
        let start = Tensor([2, 3, 4, 5])
        let pass = try pass(
            BatchNorm(name: "n", channels: 4), Tensor([7, -1, 0, 1e30], shape: [1, 4]),
            weights: ["n.running_var": start, "n.bias": Tensor([1, 2, 3, 4])])
        #expect(pass.output == [1, 2, 3, 4])
        #expect(pass.gradients["n.running_var"].values == start.values)
        #expect(pass.gradients["n.running_mean"].values == [7, -1, 0, 1e30])
        #expect(pass.gradients["n.weight"].values == [0, 0, 0, 0] && pass.gradients["0.shift"].values == [0])
    }

    @Test("a frozen batch norm normalises with its averages, and they stay to the bit")
    func frozen() throws {
        let layer = BatchNorm(name: "n", channels: 2, epsilon: 0.5, isFrozen: true)
        let values = ["n.running_mean": Tensor([1, 2]), "n.running_var": Tensor([0.5, 3.5])]
        let pass = try pass(layer, Tensor([1, 2, 3, 4], shape: [2, 2]), weights: values)
        #expect(pass.output == [0, 0, 2, 1])
        let model = Model(inputShape: [2], outputShape: [2], layer)
        #expect(model.layout.averages.map(\.average.momentum) == [0, 0])
        let average = FlatBuffer([0.1, 1 / 3])
        average.average(FlatBuffer([0, 0]), momentum: 0, in: 0..<2)
        #expect(average.values == [0.1, 1 / 3])
    }

    @Test("permuting the samples permutes what layer, group and RMS norm make of them", arguments: 1..<5)
    func permuted(_ index: Int) throws {
        let x = wave(20)
        let rows = [3, 0, 4, 1, 2]
        let shuffled = rows.flatMap { x[(4 * $0)..<(4 * $0 + 4)] }
        let model = Model(inputShape: [4], outputShape: [4], Self.layers[index])
        let replica = ModelReplica(model, Weights(model))
        let y = replica.predict(Tensor(x, shape: [5, 4])).values
        #expect(
            replica.predict(Tensor(shuffled, shape: [5, 4])).values
                == rows.flatMap { y[(4 * $0)..<(4 * $0 + 4)] })
    }
}
