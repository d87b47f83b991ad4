import Datasets
import NN
import Parallel
import Spec
import Tensor
import Testing

@Suite("A gradient that is not finite though the loss is", .timeLimit(.minutes(15)))
struct NonfiniteGradientTests {
    /// A job of one step whose weights and samples are chosen.
    private func train(
        _ layers: [any Layer], x: [Float], targets: [Float], workers: Int, clipNorm: Double? = nil
    ) async throws -> (before: [Float], after: TrainingSnapshot?, outcome: TrainingOutcome) {
        let model = Model(inputShape: [1], outputShape: [1], Sequential(layers))
        let data = try Dataset(
            features: .floats(x), featureShape: [1], targets: .values(targets, shape: [1]))
        let spec = JobSpec(
            inMemory: "overflow", loss: .meanSquaredError, optimizer: .sgd(SGDSpec(learningRate: 0.1)),
            training: TrainingSpec(
                length: .steps(2), batchSize: x.count, shards: 2, onNonfinite: .skip, clipNorm: clipNorm))
        let sink = MemorySink()
        let job = try TrainingJob(spec, model: model, train: data)
        let outcome = try await Coordinator(job: job, start: nil, workers: workers, sink: sink).run()
        return (model.initialValues(seed: spec.seed), await sink.last, outcome)
    }

    private func dense(_ name: String, _ value: Float, _ activation: Activation = .identity) -> Dense {
        Dense(
            name: name, inputs: 1, outputs: 1, activation: activation, initializer: .constant(value),
            hasBias: false)
    }

    @Test("changes no weight, with any number of workers", arguments: [1, 2, 3])
    func infinityTimesZero(workers: Int) async throws {
        // The hidden number overflows, tanh makes 1 of it with slope 0: the gradient is infinity times zero.
        let result = try await train(
            [dense("0", 2, .relu), dense("1", 1, .tanh), dense("2", 1)], x: [3e38, 3e38], targets: [0, 0],
            workers: workers)
        #expect(result.before == [2, 1, 1])
        if let after = result.after { #expect(after.buffers[0].values == result.before) }
        guard case .failed = result.outcome else {
            Issue.record("every step is left out, so the epoch has none: \(result.outcome)")
            return
        }
    }

    @Test("changes no weight where factors are finite and their product is not", arguments: [1, 3])
    func overflow(workers: Int) async throws {
        let result = try await train(
            [dense("0", 1e-30), dense("1", 1e19), dense("2", 1)], x: [1e30, 1e30], targets: [0, 0],
            workers: workers)
        #expect(result.before == [1e-30, 1e19, 1])
        if let after = result.after { #expect(after.buffers[0].values == result.before) }
    }

    @Test("is told from one that is only large, which has the same bits as without the doubt")
    func large() async throws {
        // Magnitudes that could overflow and do not: the gradient is looked at, and the step is taken.
        let layers: [any Layer] = [dense("0", 1e-25), dense("1", 1e25)]
        let one = try await train(layers, x: [1e14, -1e14], targets: [1, 2], workers: 1)
        let three = try await train(layers, x: [1e14, -1e14], targets: [1, 2], workers: 3)
        #expect(one.after?.buffers == three.after?.buffers && one.after != nil)
    }
}

/// One dense layer that is applied twice: the gradient of its weight is two products.
private struct Twice: Layer {
    let dense: Dense

    var parameters: [Parameter] { dense.parameters }

    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        dense.forward(dense.forward(x, context), context)
    }
}

@Suite("A weight whose gradient is no single product", .timeLimit(.minutes(15)))
struct SharedWeightTests {
    @Test("trains the same with any number of workers and, to rounding, as one shard does")
    func twice() async throws {
        let layers: [any Layer] = [
            Twice(dense: Dense(name: "shared", inputs: 6, outputs: 6, activation: .tanh)),
            Dense(name: "out", inputs: 6, outputs: 1),
        ]
        let model = Model(inputShape: [6], outputShape: [1], Sequential(layers))
        let x = (0..<240).map { Float(($0 * 37) % 101) / 50 - 1 }
        let data = try Dataset(
            features: .floats(x), featureShape: [6],
            targets: .values((0..<40).map { x[$0 * 6] * x[$0 * 6 + 1] }, shape: [1]))
        func weights(shards: Int, workers: Int) async throws -> [Float] {
            let spec = JobSpec(
                inMemory: "twice", loss: .meanSquaredError, optimizer: .sgd(SGDSpec(learningRate: 0.1)),
                training: TrainingSpec(length: .steps(30), batchSize: 16, shards: shards))
            let sink = MemorySink()
            _ = try await Coordinator(
                job: TrainingJob(spec, model: model, train: data), start: nil, workers: workers, sink: sink
            ).run()
            return await sink.last?.buffers[0].values ?? []
        }
        let alone = try await weights(shards: 5, workers: 1)
        #expect(try await weights(shards: 5, workers: 2) == alone)
        #expect(try await weights(shards: 5, workers: 3) == alone)
        let whole = try await weights(shards: 1, workers: 1)
        #expect(!whole.isEmpty && zip(alone, whole).allSatisfy { abs($0 - $1) < 1e-4 })
    }
}
