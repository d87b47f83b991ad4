import NN
import Parallel
import Spec
import Testing

@Suite("Several ranks: the same bits as one process", .timeLimit(.minutes(15)))
struct RankTests {
    private func train(
        _ spec: JobSpec, ranks: Int, workers: Int, from start: TrainingSnapshot? = nil
    ) async throws -> (outcome: TrainingOutcome, sink: MemorySink) {
        let sink = MemorySink()
        let jobs = Array(repeating: try TrainingJob(spec), count: ranks)
        return (try await trainOnRanks(jobs, workers: workers, from: start, sink: sink), sink)
    }

    private func expectSameBits(
        _ spec: JobSpec, ranks: [Int] = [1, 2, 3, 4], workers: [Int] = [1, 2]
    ) async throws {
        let alone = MemorySink()
        let whole = try await ParallelTests.train(TrainingJob(spec), workers: 2, sink: alone)
        for ranks in ranks {
            for workers in workers {
                let (outcome, sink) = try await train(spec, ranks: ranks, workers: workers)
                #expect(outcome == .completed)
                #expect(await sink.last == whole.snapshot, "\(ranks) ranks of \(workers) workers")
                #expect(await sink.metrics == whole.metrics)
            }
        }
    }

    private func spec(
        _ layers: [LayerSpec]? = nil, steps: Int = 60, shards: Int = 4,
        optimizer: OptimizerSpec = .adam(AdamSpec()), _ change: (inout JobSpec) -> Void = { _ in }
    ) -> JobSpec {
        var spec = SmallJob.spec(steps: steps, shards: shards, optimizer: optimizer)
        if let layers { spec.model.layers = layers }
        change(&spec)
        return spec
    }

    private static let dropout = [
        LayerSpec(.dense(DenseSpec(units: 33, activation: .relu))), LayerSpec(.dropout(rate: 0.3)),
        LayerSpec(.dense(DenseSpec(units: 10))),
    ]

    @Test("An MLP with dropout, validation at each epoch's end", arguments: [1, 3, 4, 7])
    func dropout(shards: Int) async throws {
        // With fewer shards than workers some have nothing to do, and some nothing to update.
        try await expectSameBits(spec(RankTests.dropout, shards: shards))
    }

    @Test("Batch norm, whose averages are taken over shards")
    func batchNorm() async throws {
        try await expectSameBits(
            spec([
                LayerSpec(.dense(DenseSpec(units: 33))), LayerSpec(.batchNorm(BatchNormSpec())),
                LayerSpec(.activation(.relu)), LayerSpec(.dense(DenseSpec(units: 10))),
            ]))
    }

    @Test("Convolutions, whose gradients are summed over shards")
    func convolution() async throws {
        try await expectSameBits(
            spec(
                [
                    LayerSpec(.reshape(ReshapeSpec([1, 8, 8]))),
                    LayerSpec(.convolution(ConvolutionSpec(filters: 4, kernel: [3, 3], padding: .same))),
                    LayerSpec(.activation(.relu)), LayerSpec(.pooling(PoolingSpec(.max, size: [2, 2]))),
                    LayerSpec(.flatten), LayerSpec(.dense(DenseSpec(units: 10))),
                ], optimizer: .momentum(MomentumSpec(learningRate: 0.05))))
    }

    @Test("Clipping by the norm, which needs the squares of all ranks' pieces, and an average of the weights")
    func clippingAndAverage() async throws {
        try await expectSameBits(
            spec { spec in
                spec.training.clipNorm = 0.5
                spec.training.ema = EMASpec(decay: 0.9)
            })
    }

    @Test(
        "Layers whose gradients are products of many rows a sample, or none",
        arguments: SequenceJobTests.networks)
    func sequences(layers: [LayerSpec.Kind]) async throws {
        try await expectSameBits(
            spec(steps: 30) { spec in
                spec.model = ModelSpec(
                    input: [8, 8], layers: (layers + [.dense(DenseSpec(units: 10))]).map { LayerSpec($0) })
            }, ranks: [2, 3], workers: [1])
    }

    @Test("Every optimizer, with decay", arguments: SameBitsTests.optimizers)
    func optimizers(optimizer: OptimizerSpec) async throws {
        try await expectSameBits(
            spec(steps: 45, shards: 3, optimizer: optimizer), ranks: [3], workers: [1, 2])
    }

    @Test("Going on from any snapshot, on other numbers of ranks")
    func resuming() async throws {
        let spec = spec(RankTests.dropout, steps: 100) { spec in
            spec.checkpoint = CheckpointSpec(everySteps: 17)
            spec.training.ema = EMASpec(decay: 0.9)
        }
        let (_, sink) = try await train(spec, ranks: 3, workers: 1)
        let whole = try await ParallelTests.train(TrainingJob(spec), workers: 2)
        #expect(await sink.last == whole.snapshot)
        for (index, snapshot) in await sink.snapshots.dropLast().enumerated() {
            let (_, rest) = try await train(spec, ranks: 1 + index % 4, workers: 1, from: snapshot)
            #expect(await rest.last?.buffers == whole.snapshot.buffers)
        }
    }

    /// Nets so large that parts of their gradients are sent before the rest is there.
    private static let large: [[LayerSpec.Kind]] = [
        [
            .dense(DenseSpec(units: 700, activation: .relu)), .dropout(rate: 0.2),
            .dense(DenseSpec(units: 700, activation: .tanh)), .dense(DenseSpec(units: 700)),
            .dense(DenseSpec(units: 10)),
        ],
        [
            .reshape(ReshapeSpec([1, 8, 8])),
            .convolution(ConvolutionSpec(filters: 40, kernel: [3, 3], padding: .same)),
            .batchNorm(BatchNormSpec()), .activation(.relu),
            .convolution(ConvolutionSpec(filters: 60, kernel: [3, 3], padding: .same)), .flatten,
            .dense(DenseSpec(units: 10)),
        ],
        [
            .reshape(ReshapeSpec([8, 8])), .lstm(LSTMSpec(RecurrentSpec(units: 80, layers: 2))),
            .dense(DenseSpec(units: 10)),
        ],
    ]

    @Test(
        "Large nets, whose last layers' gradients are sent while the first ones' are computed",
        arguments: large)
    func early(layers: [LayerSpec.Kind]) async throws {
        let spec = spec(layers.map { LayerSpec($0) }, steps: 12, shards: 7) { spec in
            spec.training.batchSize = 90
        }
        try await expectSameBits(spec, ranks: [2, 3], workers: [1, 2])
    }

    @Test("Parts of a gradient are sent early, as often on all ranks as there are parts")
    func exchanges() async throws {
        let spec = spec(RankTests.large[0].map { LayerSpec($0) }, steps: 12) { spec in
            spec.training.batchSize = 90
            spec.data.validation = nil
        }
        let job = try TrainingJob(spec)
        let ranks = LocalRanks(2)
        _ = try await trainOnRanks([job, job], workers: 2, sink: MemorySink(), over: ranks)
        let parts = GradientBuckets(
            job.model, weights: job.model.layout.factoredWeights, samples: 90, ranks: 2
        ).all.count
        // Two buffers of Adam's state are handed out before the first step.
        #expect(parts > 2 && ranks.exchanges == 12 * parts + 2)
    }

    @Test("Steps that are not finite are left out on all ranks")
    func nonfinite() async throws {
        let spec = spec(steps: 50, optimizer: .sgd(SGDSpec(learningRate: 1e30))) { spec in
            spec.training.onNonfinite = .skip
            spec.schedule = .constant
        }
        let alone = MemorySink()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: alone)
        let outcome = try await coordinator.run()
        let (shared, sink) = try await train(spec, ranks: 3, workers: 1)
        #expect(shared == outcome)
        #expect(await sink.last == alone.last)
    }
}
