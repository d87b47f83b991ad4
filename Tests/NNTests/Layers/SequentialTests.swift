import NN
import Tensor
import Testing

@Suite("Layers one after another")
struct SequentialTests {
    private func wave(_ shape: Tensor.Shape) -> Tensor {
        Tensor((0..<shape.count).map { Float(($0 * 37) % 19) / 19 - 0.4 }, shape: shape)
    }

    private func context(_ layer: some Layer) -> ForwardContext {
        ForwardContext(
            tensors: Dictionary(
                uniqueKeysWithValues: layer.parameters.map { ($0.name, wave(Tensor.Shape($0.shape))) }))
    }

    /// Windows that go into one operation with the convolution in front of them, and windows that do not.
    @Test(
        "a convolution and the pooling behind it compute what the two layers compute, bit for bit",
        arguments: [
            Pooling(.max, size: [2, 2]), Pooling(.max, size: [2, 2], stride: [1, 2]),
            Pooling(.max, size: [3, 2]), Pooling(.max, size: [2, 2], padding: [1, 1]),
            Pooling(.average(), size: [2, 2]),
        ], [Activation.relu, .identity, .gelu])
    func pooled(_ pooling: Pooling, _ activation: Activation) {
        for filters in [2, 17] {
            let convolution = Convolution(
                name: "0", channels: 3, filters: filters, kernel: [3, 3], padding: .same,
                activation: activation)
            let sequential = Sequential([convolution, pooling, Flatten()])
            let (x, context) = (wave([2, 3, 7, 6]), context(convolution))
            let expected = pooling.forward(convolution.forward(x, context), context).flattened(from: 1)
            let found = sequential.forward(x, context)
            #expect(found.shape == expected.shape && found.values == expected.values)
        }
    }

    @Test("along one axis too")
    func line() {
        let convolution = Convolution(name: "0", channels: 3, filters: 9, kernel: [3], activation: .relu)
        let pooling = Pooling(.max, size: [2])
        let (x, context) = (wave([2, 3, 9]), context(convolution))
        let expected = pooling.forward(convolution.forward(x, context), context)
        #expect(Sequential([convolution, pooling]).forward(x, context).values == expected.values)
    }
}
