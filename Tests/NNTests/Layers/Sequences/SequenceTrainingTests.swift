import NN
import Spec
import Tensor
import TestSupport
import Testing

@Suite("Layers for sequences in training")
struct SequenceTrainingTests {
    static let layers: [(text: String, input: [Int])] =
        SequenceGradientTests.layers + [
            ("embedding: {vocabulary: 5, size: 3, padding: 1}", [4]),
            (
                "gru: {units: 3, layers: 3, bidirectional: true, dropout: 0.5, return_sequences: true}",
                [4, 2]
            ),
            ("lstm: {units: 3, layers: 2, dropout: 0.3}", [4, 2]),
            ("attention: {size: 3, dropout: 0.5}", [4, 2]),
            ("multi_head_attention: {heads: 2, dropout: 0.5}", [4, 4]),
            ("transformer_encoder: {heads: 2, feed_forward: 6, layers: 2, dropout: 0.5}", [4, 4]),
            ("transformer_encoder: {heads: 2, feed_forward: 6, dropout: 0.5, norm: post}", [4, 4]),
        ]

    private func input(_ shape: [Int], batch: Int, pool: BufferPool? = nil) -> Tensor {
        let count = batch * shape.reduce(1, *)
        // Indices where there are no features.
        let values = shape.count == 1 ? (0..<count).map { Float($0 % 5) } : wave(count, phase: 1.3)
        return Tensor(values, shape: .init([batch] + shape), pool: pool)
    }

    @Test(
        "the parameters that a layer declares are those that its shapes promise",
        arguments: layers.map(\.text))
    func declared(_ text: String) throws {
        let (_, input) = try #require(SequenceTrainingTests.layers.first { $0.text == text })
        let job = try JobSpec(
            yaml: """
                data: {train: {csv: {path: a.csv, label: y}}}
                model: {input: \(input), layers: [{\(text)}, flatten, {dense: {units: 1}}]}
                loss: mean_squared_error
                optimizer: sgd
                training: {steps: 1}
                """)
        let promised = try job.model.shapes().parameters
        let model = try Model(job.model)
        #expect(
            Dictionary(uniqueKeysWithValues: promised.map { ($0.name, $0.shape) })
                == Dictionary(
                    uniqueKeysWithValues: model.layout.entries.map { ($0.parameter.name, $0.parameter.shape) }
                ))
        // Norms and biases do not decay, everything else does.
        for entry in model.layout.entries {
            let name = entry.parameter.name
            #expect(
                entry.parameter.decays == !(name.hasSuffix("bias") || name.hasSuffix("norm.weight")),
                "\(name)")
        }
    }

    @Test("freezing a layer freezes all levels, directions and parts of it")
    func frozen() throws {
        for kind in [
            "lstm: {units: 2, layers: 2, bidirectional: true}",
            "transformer_encoder: {heads: 1, feed_forward: 2}",
        ] {
            let job = try JobSpec(
                yaml: """
                    data: {train: {csv: {path: a.csv, label: y}}}
                    model: {input: [3, 2], layers: [{\(kind), frozen: true}, flatten, {dense: {units: 1}}]}
                    loss: mean_squared_error
                    optimizer: sgd
                    training: {steps: 1}
                    """)
            let entries = try Model(job.model).layout.entries
            #expect(entries.count > 10)
            for entry in entries {
                #expect(entry.parameter.policy.isFrozen == entry.parameter.name.hasPrefix("0."))
            }
        }
    }

    /// One training pass; gives the output and all gradients.
    private func pass(
        _ model: Model, _ x: Tensor, shard: TrainingShard, weights: FlatBuffer
    ) throws -> (output: [Float], gradients: [Float]) {
        let gradients = FlatBuffer(count: model.layout.count)
        let count = model.outputShape.reduce(1, *)
        let target = Tensor(repeating: 0, shape: [x.shape[0], count], like: x)
        let output = try ModelReplica(model, weights: weights).differentiate(
            .meanSquaredError, of: x, .values(target), scale: 1, shard: shard, into: gradients
        ).output
        return (output.values, gradients.values)
    }

    @Test(
        "dropout is there in training only, differs from step to step and follows a sample's place in the minibatch",
        arguments: layers.map(\.text).filter { $0.contains("dropout") })
    func dropout(_ text: String) throws {
        let (_, shape) = try #require(SequenceTrainingTests.layers.first { $0.text == text })
        let model = try Model(layers: "[{\(text)}]", input: shape)
        let plain = try Model(
            layers: "[{\(text.replacing(/, dropout: 0.[0-9]/, with: ""))}]", input: shape)
        let weights = FlatBuffer(model.initialValues(seed: 5))
        let x = input(shape, batch: 6)
        let reference = ModelReplica(plain, weights: weights).predict(x).values
        #expect(ModelReplica(model, weights: weights).predict(x).values == reference)

        let shard = TrainingShard(seed: 7, step: 3, batchSize: 6)
        let whole = try pass(model, x, shard: shard, weights: weights)
        #expect(whole.output != reference)
        #expect(try pass(model, x, shard: shard, weights: weights) == whole)
        var later = shard
        later.step = 4
        #expect(try pass(model, x, shard: later, weights: weights).output != whole.output)

        // Two shards draw what the whole minibatch drew; products of other sizes may round otherwise.
        let half = whole.output.count / 2
        for first in [0, 3] {
            var part = shard
            part.firstSample = first
            let found = try pass(
                model, x.sliced(axis: 0, range: first..<(first + 3)), shard: part, weights: weights)
            let exact = first == 0 ? whole.output.prefix(half) : whole.output.suffix(half)
            #expect(deviation(found.output, from: exact.map(Double.init)) <= 1e-5)
        }
    }

    @Test("a step takes no new memory once its sizes have been seen", arguments: layers.map(\.text))
    func memory(_ text: String) throws {
        let (_, shape) = try #require(SequenceTrainingTests.layers.first { $0.text == text })
        let model = try Model(layers: "[{\(text)}]", input: shape)
        // Without parameters there is nothing to differentiate.
        if model.layout.count == 0 { return }
        let pool = BufferPool()
        let weights = FlatBuffer(model.initialValues(seed: 5))
        let shard = TrainingShard(seed: 7, batchSize: 4)
        var sizes: [Int] = []
        for _ in 0..<4 {
            _ = try pass(model, input(shape, batch: 4, pool: pool), shard: shard, weights: weights)
            sizes.append(pool.allocatedBytes)
        }
        #expect(sizes[0] > 0 && sizes[3] == sizes[1])
    }
}
