import Foundation
import Parallel
import Spec
import TestSupport
import Testing

@Suite("Jobs on sequences", .timeLimit(.minutes(15)))
struct SequenceJobTests {
    /// The digits as sequences of eight rows of eight pixels.
    private func digits(_ layers: [LayerSpec.Kind], shards: Int) -> JobSpec {
        var spec = SmallJob.spec(steps: 30, shards: shards)
        spec.model = ModelSpec(
            input: [8, 8], layers: (layers + [.dense(DenseSpec(units: 10))]).map { LayerSpec($0) })
        return spec
    }

    static let networks: [[LayerSpec.Kind]] = [
        [
            .lstm(
                LSTMSpec(RecurrentSpec(units: 9, layers: 2, isBidirectional: true, dropout: 0.2)))
        ],
        [.gru(GRUSpec(RecurrentSpec(units: 17, layers: 2, dropout: 0.3), reset: .before))],
        [
            .positionalEncoding(PositionalEncodingSpec(.learned)),
            .transformerEncoder(
                TransformerEncoderSpec(heads: 2, feedForward: 19, layers: 2, dropout: 0.2)),
            .averageSteps,
        ],
        [
            .transformerEncoder(
                TransformerEncoderSpec(heads: 4, feedForward: 12, dropout: 0.4, norm: .post, isCausal: true)),
            .lastStep,
        ],
    ]

    @Test("any number of workers gives the same bits, with dropout too", arguments: networks, [1, 4])
    func sameBits(layers: [LayerSpec.Kind], shards: Int) async throws {
        let job = try TrainingJob(digits(layers, shards: shards))
        let alone = try await train(job, workers: 1)
        for workers in [2, 3] {
            let shared = try await train(job, workers: workers)
            #expect(shared.snapshot == alone.snapshot)
            #expect(shared.metrics == alone.metrics)
        }
    }

    @Test("going on from a snapshot in the middle of an epoch is exact", arguments: networks)
    func resuming(layers: [LayerSpec.Kind]) async throws {
        var spec = digits(layers, shards: 3)
        spec.checkpoint = CheckpointSpec(everySteps: 11)
        let sink = MemorySink()
        let whole = try await train(TrainingJob(spec), workers: 2, sink: sink)
        let first = try #require(await sink.snapshots.first)
        #expect(first.cursor.step == 11)
        let rest = try await train(TrainingJob(spec), workers: 1, from: first)
        #expect(rest.snapshot.buffers == whole.snapshot.buffers)
    }

    /// A table of samples, the label last, in a file of its own; gives the job that learns it.
    private func job(
        _ samples: [(steps: [Int], label: Int)], _ layers: String, steps: Int, rate: Double,
        scale: String = "none",
        in directory: TemporaryDirectory
    ) throws -> TrainingJob {
        let lines = samples.map { ($0.steps + [$0.label]).map(String.init).joined(separator: ",") }
        let path = directory.file("samples.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
        let length = samples[0].steps.count
        return try TrainingJob(
            JobSpec(
                yaml: """
                    seed: 3
                    data: {train: {csv: {path: \(path), label: \(length), header: false}}, scale: \(scale)}
                    model: {input: [\(length)], layers: [\(layers)]}
                    loss: softmax_cross_entropy
                    optimizer: {adam: {learning_rate: \(rate)}}
                    training: {steps: \(steps), batch_size: 32, shards: 2}
                    """))
    }

    private func accuracy(_ job: TrainingJob) async throws -> Double {
        let metrics = try await train(job, workers: 2).metrics
        return try #require(metrics.last { $0.name == "accuracy" }).value
    }

    /// All sequences of `length` symbols, with a label each.
    private func sequences(_ symbols: Int, length: Int, _ label: ([Int]) -> Int) -> [(
        steps: [Int], label: Int
    )] {
        var all: [[Int]] = [[]]
        for _ in 0..<length { all = all.flatMap { part in (0..<symbols).map { part + [$0] } } }
        return all.map { ($0, label($0)) }
    }

    @Test(
        "a recurrent layer learns to say after six steps which symbol came first",
        arguments: [
            "lstm: {units: 16}", "gru: {units: 16}", "gru: {units: 16, reset: before}", "rnn: {units: 16}",
        ])
    func echo(layer: String) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let job = try job(
            sequences(3, length: 6) { $0[0] },
            "{embedding: {vocabulary: 3, size: 4}}, {\(layer)}, {dense: {units: 3}}", steps: 400, rate: 0.01,
            in: directory)
        #expect(try await accuracy(job) > 0.95)
    }

    @Test("a transformer learns which of two symbols there are more of")
    func majority() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let job = try job(
            sequences(2, length: 9) { $0.reduce(0, +) > 4 ? 1 : 0 },
            """
            {embedding: {vocabulary: 2, size: 8}}, positional_encoding,
            {transformer_encoder: {heads: 2, feed_forward: 16}}, average_steps, {dense: {units: 2}}
            """, steps: 300, rate: 0.01, in: directory)
        #expect(try await accuracy(job) > 0.95)
    }

    @Test("an index that the table does not have is refused when the job is made, with its place")
    func badIndex() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let layers = "{embedding: {vocabulary: 3, size: 2}}, flatten, {dense: {units: 2}}"
        func problem(_ samples: [(steps: [Int], label: Int)], scale: String = "none") throws -> String {
            do {
                _ = try job(samples, layers, steps: 1, rate: 0.1, scale: scale, in: directory)
                return "no error"
            } catch let error as TrainingError {
                #expect(error.code == .mismatch)
                return error.description
            }
        }
        let good = [(steps: [0, 1], label: 0), ([2, 2], 1)]
        #expect(try problem(good) == "no error")
        #expect(
            try problem(good + [([1, 3], 0)])
                == "data.train: sample 2 (counted from 0) has the value 3.0 at step 1, but `embedding` takes "
                + "whole numbers from 0 to 2, which its `vocabulary` says")
        #expect(
            try problem(good + [([-1, 3], 0)])
                == "data.train: sample 2 (counted from 0) has the value -1.0 at step 0, but `embedding` takes "
                + "whole numbers from 0 to 2, which its `vocabulary` says")
        #expect(
            try problem(good, scale: "{divide: 2}")
                == "data.train: sample 0 (counted from 0) has the value 0.5 at step 1, but `embedding` takes "
                + "whole numbers from 0 to 2, which its `vocabulary` says; `data.scale` must be none")
    }

    @Test("an index inside a residual is looked at too, where it could only stop the process later")
    func badIndexInResidual() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let layers = "{residual: [{embedding: {vocabulary: 3, size: 2}}, last_step]}, {dense: {units: 2}}"
        for wrong in [[1, 3], [-1, 0]] {
            let error = #expect(throws: TrainingError.self) {
                try job([(steps: [0, 2], label: 0), (wrong, 1)], layers, steps: 1, rate: 0.1, in: directory)
            }
            #expect(error?.description.contains("`embedding` takes whole numbers from 0 to 2") == true)
        }
        #expect(throws: Never.self) {
            try job([(steps: [0, 2], label: 0), ([1, 1], 1)], layers, steps: 1, rate: 0.1, in: directory)
        }
    }

    @Test("a table of sines that no machine holds is refused before it is made", .timeLimit(.minutes(15)))
    func largeTable() throws {
        var spec = SmallJob.spec()
        spec.model = ModelSpec(
            input: [64],
            layers: [
                LayerSpec(.embedding(EmbeddingSpec(vocabulary: 17, size: 10_000_000))),
                LayerSpec(.positionalEncoding(PositionalEncodingSpec())), LayerSpec(.averageSteps),
                LayerSpec(.dense(DenseSpec(units: 10))),
            ])
        let error = #expect(throws: TrainingError.self) { try TrainingJob(spec) }
        #expect(error?.code == .memory)
    }

    @Test("a table as large as the pixels have values is enough, a smaller one is not")
    func pixels() throws {
        var spec = SmallJob.spec()
        spec.data.scale = .none
        // Pixels go from 0 to 16.
        spec.model = ModelSpec(
            input: [64],
            layers: [
                LayerSpec(.embedding(EmbeddingSpec(vocabulary: 17, size: 2))), LayerSpec(.averageSteps),
                LayerSpec(.dense(DenseSpec(units: 10))),
            ])
        #expect(throws: Never.self) { try TrainingJob(spec) }
        spec.model.layers[0] = LayerSpec(.embedding(EmbeddingSpec(vocabulary: 16, size: 2)))
        #expect(throws: TrainingError.self) { try TrainingJob(spec) }
    }
}
