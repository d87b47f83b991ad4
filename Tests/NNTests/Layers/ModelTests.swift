import NN
import Spec
import Tensor
import Testing

@Suite("Models")
struct ModelTests {
    @Test("a job file's model has the names, shapes and order of parameters that the digest is made of")
    func fromSpec() throws {
        let spec = ModelSpec(
            input: [2, 3],
            layers: [
                LayerSpec(.flatten),
                LayerSpec(
                    name: "body", .sequential([LayerSpec(.dense(DenseSpec(units: 4, activation: .relu)))])),
                LayerSpec(.activation(.tanh)),
                LayerSpec(name: "head", .dense(DenseSpec(units: 2, bias: false))),
            ])
        let model = try Model(spec)
        #expect(model.inputShape == [2, 3] && model.outputShape == [2])
        #expect(
            model.layout.entries.map(\.parameter.name) == ["body.0.bias", "body.0.weight", "head.weight"])
        #expect(model.layout.entries.map(\.parameter.shape) == [[4], [6, 4], [4, 2]])
        #expect(model.layout.entries.map(\.range) == [0..<4, 4..<28, 28..<36])
        #expect(model.layout.entries.map(\.parameter.decays) == [false, true, true])

        let weights = wave(36)
        let y = ModelReplica(model, weights: FlatBuffer(weights)).predict(Tensor(wave(12), shape: [2, 2, 3]))
        let hidden = Tensor.dense(
            Tensor(wave(12), shape: [2, 6]), weight: Tensor(Array(weights[4..<28]), shape: [6, 4]),
            bias: Tensor(Array(weights[0..<4])), activation: .relu)
        let expected = hidden.tanh().matmul(Tensor(Array(weights[28...]), shape: [4, 2]))
        #expect(y.shape == [2, 2] && y.values == expected.values)
    }

    @Test("names are sorted by their bytes, as in the digest")
    func order() {
        let names = ["2.weight", "10.weight", "Z", "a", "é"]
        let layout = ParameterLayout(
            names.map { Parameter(name: $0, shape: [1], initializer: .zeros, decays: false) })
        #expect(layout.entries.map(\.parameter.name) == ["10.weight", "2.weight", "Z", "a", "é"])
    }

    @Test("a replica follows its buffer, and leaves the weights alone")
    func replica() throws {
        let model = Model(inputShape: [2], outputShape: [1], Dense(name: "0", inputs: 2, outputs: 1))
        let weights = FlatBuffer([1, 2, 3])
        let replica = ModelReplica(model, weights: weights)
        let x = Tensor([10, 100], shape: [1, 2])
        #expect(replica.predict(x).values == [321])
        #expect(!replica.predict(x).isTracked)
        weights.write([0, 1, 1], at: 0)
        #expect(replica.predict(x).values == [110])
        let gradients = FlatBuffer(count: 3)
        let (output, loss) = try replica.differentiate(
            .meanSquaredError, of: x, .values(Tensor([100], shape: [1, 1])), scale: 0.5, into: gradients)
        #expect(output.values == [110] && loss == 100)
        #expect(gradients.values == [10, 100, 1000] && weights.values == [0, 1, 1])
    }
}
