import NN
import Tensor
import TestSupport
import Testing

@Suite("What layers for sequences keep whatever their weights")
struct SequenceInvariantTests {
    private func network(_ layer: String, _ input: [Int]) throws -> any Layer {
        try Model(layers: "[{\(layer)}]", input: input).network
    }

    @Test(
        "causal: a step's output does not change when later inputs do, bit for bit",
        arguments: [
            "attention: {size: 4, causal: true}", "multi_head_attention: {heads: 2, causal: true}",
            "transformer_encoder: {heads: 2, feed_forward: 6, layers: 2, causal: true}",
            "transformer_encoder: {heads: 2, feed_forward: 6, norm: post, causal: true}",
            "rnn: {units: 4, return_sequences: true}", "lstm: {units: 4, layers: 2, return_sequences: true}",
            "gru: {units: 4, return_sequences: true}",
            "gru: {units: 4, return_sequences: true, reset: before}",
        ])
    func causal(_ text: String) throws {
        let layer = try network(text, [6, 4])
        let values = wave(24, phase: 0.7)
        let parameters = layer.samples()
        let whole = layer(Tensor(values, shape: [1, 6, 4]), parameters).values
        for t in 0..<5 {
            var changed = values
            for i in ((t + 1) * 4)..<24 { changed[i] = 3 - changed[i] }
            let other = layer(Tensor(changed, shape: [1, 6, 4]), parameters).values
            #expect(other.prefix((t + 1) * 4) == whole.prefix((t + 1) * 4))
            #expect(other.suffix(20 - t * 4) != whole.suffix(20 - t * 4))
        }
    }

    @Test("without `causal` the first step sees the last")
    func notCausal() throws {
        let layer = try network("attention: {size: 4}", [6, 4])
        let values = wave(24, phase: 0.7)
        var changed = values
        changed[23] += 1
        let parameters = layer.samples()
        let first = layer(Tensor(values, shape: [1, 6, 4]), parameters).values.prefix(4)
        #expect(layer(Tensor(changed, shape: [1, 6, 4]), parameters).values.prefix(4) != first)
    }

    @Test(
        "both directions are one forward and one that reads the sequence turned round",
        arguments: ["rnn", "lstm", "gru"])
    func directions(_ kind: String) throws {
        let both = try network("\(kind): {units: 3, bidirectional: true, return_sequences: true}", [5, 2])
        let one = try network("\(kind): {units: 3, return_sequences: true}", [5, 2])
        let parameters = both.samples()
        var backward: [String: Tensor] = [:]
        for (name, tensor) in parameters where name.contains("backward.") {
            backward[name.replacing("backward.", with: "")] = tensor
        }
        #expect(backward.count * 2 == parameters.count)
        let x = Tensor(wave(20), shape: [2, 5, 2])
        let y = both(x, parameters)
        // The networks of these tests end in `flatten`.
        let there = one(x, parameters).reshaped([2, 5, 3])
        let back = turned(one(turned(x), backward).reshaped([2, 5, 3]))
        #expect(y.values == Tensor.concatenated([there, back], axis: 2).values)

        // The last step: where each direction ends.
        let last = try network("\(kind): {units: 3, bidirectional: true}", [5, 2])
        let ends = [there.selected(axis: 1, index: 4), back.selected(axis: 1, index: 0)]
        #expect(last(x, parameters).values == Tensor.concatenated(ends, axis: 1).values)
    }

    /// The steps in the other order.
    private func turned(_ x: Tensor) -> Tensor {
        x.gathered(indices: (0..<x.shape[1]).reversed().map { Int32($0) }, axis: 1)
    }

    @Test(
        "the order of the samples in a batch is the order of the outputs",
        arguments: SequenceGradientTests.layers.map(\.text))
    func permuted(_ text: String) throws {
        let input = try #require(SequenceGradientTests.layers.first { $0.text == text }).input
        let layer = try network(text, input)
        let x = Tensor(wave(4 * input.reduce(1, *)), shape: .init([4] + input))
        let order: [Int32] = [2, 0, 3, 1]
        let parameters = layer.samples()
        let permuted = layer(x.gathered(indices: order), parameters)
        let reference = layer(x, parameters).gathered(indices: order).values
        #expect(deviation(permuted.values, from: reference.map(Double.init)) <= 1e-6)
    }

    @Test("without positions attention does not see the order of the steps, with them it does")
    func positions() throws {
        let layer = try network("multi_head_attention: {heads: 2}", [5, 4])
        let parameters = layer.samples()
        let x = Tensor(wave(20), shape: [1, 5, 4])
        func output(_ x: Tensor) -> Tensor { layer(x, parameters).reshaped([1, 5, 4]) }
        func distance(_ a: Tensor, _ b: Tensor) -> Double {
            deviation(a.values, from: b.values.map(Double.init))
        }
        #expect(distance(turned(output(turned(x))), output(x)) <= 1e-6)
        let encoding = PositionalEncoding.sinusoidal(steps: 5, features: 4)
        #expect(distance(turned(output(encoding(turned(x), [:]))), output(encoding(x, [:]))) > 1e-2)
    }

    @Test("padding has a vector of zeros and no gradient; the gradient of a row is the sum over its places")
    func padding() throws {
        let layer = Embedding(name: "e", vocabulary: 4, size: 2, padding: 0)
        let table = Tensor(wave(8)).reshaped([4, 2]).tracked
        let y = layer(Tensor([1, 0, 3, 1], shape: [2, 2]), ["e.weight": table])
        let values = table.values
        #expect(y.shape == [2, 2, 2])
        #expect(y.values == [values[2], values[3], 0, 0, values[6], values[7], values[2], values[3]])
        let seed = Tensor([1, 2, 4, 8, 16, 32, 64, 128], shape: [2, 2, 2])
        let gradient = try gradients(of: y, withRespectTo: ["e": table], seed: seed)["e"]
        #expect(gradient?.values == [0, 0, 65, 130, 0, 0, 16, 32])
    }

    @Test("the first sinusoidal position is 0, 1, 0, 1, …, and a later one is as in the paper")
    func sinusoids() {
        let zero = Tensor(repeating: 0, shape: [1, 3, 4])
        let values = PositionalEncoding.sinusoidal(steps: 3, features: 4)(zero, [:]).values
        #expect(values.prefix(4) == [0, 1, 0, 1])
        // sin 2, cos 2, sin(2 / 100), cos(2 / 100)
        let exact = [0.9092974268256817, -0.4161468365471424, 0.0199986666933331, 0.9998000066665778]
        #expect(deviation(Array(values.suffix(4)), from: exact) <= 1e-7)
    }
}
