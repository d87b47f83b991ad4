import NN
import Tensor
import TestSupport
import Testing

@Suite("Gradients of layers for sequences against central differences")
struct SequenceGradientTests {
    /// A layer as a job file has it, and the shape of a sample.
    static let layers: [(text: String, input: [Int])] = [
        ("rnn: {units: 3}", [4, 2]), ("rnn: {units: 17, layers: 2, return_sequences: true}", [3, 2]),
        ("lstm: {units: 1}", [1, 1]), ("lstm: {units: 17, return_sequences: true}", [3, 2]),
        ("lstm: {units: 2, layers: 2, bidirectional: true}", [3, 2]),
        ("gru: {units: 1}", [1, 1]), ("gru: {units: 17, return_sequences: true}", [3, 2]),
        ("gru: {units: 2, layers: 2, bidirectional: true, reset: before}", [3, 2]),
        ("attention: {size: 3, causal: true, bias: true}", [4, 2]), ("attention: {size: 1}", [1, 1]),
        ("multi_head_attention: {heads: 2, bias: true}", [3, 4]),
        ("multi_head_attention: {heads: 3, causal: true}", [1, 3]),
        ("transformer_encoder: {heads: 2, feed_forward: 3, layers: 2}", [3, 4]),
        ("transformer_encoder: {heads: 1, feed_forward: 5, norm: post, causal: true}", [3, 3]),
        ("positional_encoding: {kind: learned}", [3, 2]), ("positional_encoding: {}", [3, 3]),
        ("last_step: {}", [3, 2]), ("average_steps: {}", [3, 2]),
    ]

    @Test("with respect to the input and to every parameter", arguments: 0..<18)
    func gradients(_ index: Int) throws {
        #expect(SequenceGradientTests.layers.count == 18)
        let (text, input) = SequenceGradientTests.layers[index]
        let layer = try Model(layers: "[{\(text)}]", input: input).network
        let names = layer.parameters.map(\.name)
        let samples = layer.samples()
        let batch = 2
        let x = Tensor(wave(batch * input.reduce(1, *), phase: 1.3), shape: .init([batch] + input))
        let check = try checkGradients(at: [x] + names.compactMap { samples[$0] }) { tensors in
            let parameters = Dictionary(uniqueKeysWithValues: zip(names, tensors.dropFirst()))
            let y = layer(tensors[0], parameters)
            // Weighted, so that no sum of outputs hides an error.
            return (y * Tensor(wave(y.count, phase: 2), shape: y.shape)).sum()
        }
        #expect(check.worst <= 1e-2, "\(text): input \(check.input), element \(check.element)")
    }

    @Test("with respect to an embedding's table", arguments: [nil, 2])
    func embedding(padding: Int?) throws {
        let layer = Embedding(name: "e", vocabulary: 5, size: 3, padding: padding)
        let x = Tensor([4, 2, 0, 2, 2, 1], shape: [2, 3])
        let check = try checkGradients(at: [Tensor(wave(15), shape: [5, 3])]) { tensors in
            (layer(x, ["e.weight": tensors[0]]) * Tensor(wave(18, phase: 2), shape: [2, 3, 3])).sum()
        }
        #expect(check.worst <= 1e-2)
    }
}
