import NN
import Parallel
import Spec
import Tensor
import Testing

@Suite("Jobs with layers that draw numbers or average over the steps", .timeLimit(.minutes(15)))
struct LayerTests {
    /// A network for 8 x 8 images in which every layer that could depend on shards or workers occurs.
    private static let layers: [LayerSpec] = [
        LayerSpec(.reshape(ReshapeSpec([1, 8, 8]))),
        LayerSpec(
            name: "first",
            .convolution(ConvolutionSpec(filters: 4, kernel: [3, 3], padding: .same, bias: false))),
        LayerSpec(name: "norm", .batchNorm(BatchNormSpec())),
        LayerSpec(.activation(.relu)),
        LayerSpec(.pooling(PoolingSpec(.max, size: [2, 2]))),
        LayerSpec(name: "drop", .dropout(rate: 0.2)),
        LayerSpec(
            name: "block",
            .residual(
                [
                    LayerSpec(
                        .convolution(ConvolutionSpec(filters: 4, kernel: [3, 3], padding: .zeros([1, 1])))),
                    LayerSpec(.groupNorm(GroupNormSpec(groups: 2))),
                ], activation: .silu)),
        LayerSpec(.flatten),
        LayerSpec(.layerNorm(LayerNormSpec())),
        LayerSpec(.dropout(rate: 0.5)),
        LayerSpec(.dense(DenseSpec(units: 10))),
    ]

    private func spec(
        _ layers: [LayerSpec] = layers, steps: Int = 45, shards: Int = 3,
        optimizer: OptimizerSpec = .adam(AdamSpec()), checkpoint: CheckpointSpec = CheckpointSpec()
    ) -> JobSpec {
        var spec = SmallJob.spec(steps: steps, shards: shards, optimizer: optimizer, checkpoint: checkpoint)
        spec.model.layers = layers
        return spec
    }

    @Test("Any number of workers gives the same snapshot and the same curves", arguments: [1, 3, 4])
    func workers(shards: Int) async throws {
        // 1,293 samples in batches of 30: the 44th batch has 3, so that a shard has one sample or none.
        let job = try TrainingJob(spec(shards: shards))
        let alone = try await train(job, workers: 1)
        for workers in [2, 3, 5] {
            let shared = try await train(job, workers: workers)
            #expect(shared.snapshot == alone.snapshot)
            #expect(shared.metrics == alone.metrics)
        }
    }

    @Test("Going on from any snapshot, in the middle of an epoch too, ends in the same one")
    func resuming() async throws {
        let spec = spec(steps: 50, checkpoint: CheckpointSpec(everySteps: 7))
        let sink = MemorySink()
        let whole = try await train(TrainingJob(spec), workers: 2, sink: sink)
        for (index, snapshot) in await sink.snapshots.dropLast().enumerated() {
            let rest = try await train(TrainingJob(spec), workers: 1 + index % 3, from: snapshot)
            #expect(rest.snapshot.buffers == whole.snapshot.buffers)
            #expect(rest.metrics == whole.metrics.filter { $0.step > snapshot.cursor.step })
        }
    }

    @Test("Dropout zeroes the same values at any number of shards")
    func masks() async throws {
        let layers = [
            LayerSpec(.dense(DenseSpec(units: 30, activation: .tanh))), LayerSpec(.dropout(rate: 0.5)),
            LayerSpec(.dense(DenseSpec(units: 10))),
        ]
        let sgd = OptimizerSpec.sgd(SGDSpec(learningRate: 0.1))
        let alone = try await parameters(spec(layers, steps: 5, shards: 1, optimizer: sgd))
        for shards in 2...4 {
            // Other masks would make another step altogether; another order of summing changes the last digits.
            let other = try await parameters(spec(layers, steps: 5, shards: shards, optimizer: sgd))
            let worst = zip(alone.values, other.values).map { abs($0 - $1) }.max() ?? .infinity
            #expect(worst < 1e-5)
        }
        var seeded = spec(layers, steps: 5, shards: 1, optimizer: sgd)
        seeded.model.layers[1].name = "other"
        let another = try await parameters(seeded)
        #expect(zip(alone.values, another.values).contains { abs($0 - $1) > 1e-3 })
    }

    @Test("Frozen layers stay as they were to the bit, averages included, and the others do not")
    func frozen() async throws {
        var layers = Self.layers
        for index in layers.indices where ["first", "norm", "block"].contains(layers[index].name) {
            layers[index].isFrozen = true
        }
        let spec = spec(layers, optimizer: .adam(AdamSpec(weightDecay: 0.1)))
        let model = try Model(spec.model)
        let (start, end) = (Weights(model, seed: spec.seed), try await parameters(spec))
        for name in end.names {
            let isFrozen = ["first.", "norm.", "block."].contains { name.hasPrefix($0) }
            #expect((end[name].values == start[name].values) == isFrozen, "\(name)")
        }
    }

    @Test("A convolutional network with batch norm and dropout learns, and is as good outside of training")
    func learns() async throws {
        let layers = [
            LayerSpec(.reshape(ReshapeSpec([1, 8, 8]))),
            LayerSpec(.convolution(ConvolutionSpec(filters: 8, kernel: [3, 3], bias: false))),
            LayerSpec(.batchNorm(BatchNormSpec())), LayerSpec(.activation(.relu)),
            LayerSpec(.pooling(PoolingSpec(.max, size: [2, 2]))), LayerSpec(.flatten),
            LayerSpec(.dropout(rate: 0.2)), LayerSpec(.dense(DenseSpec(units: 10))),
        ]
        let spec = spec(layers, steps: 300, optimizer: .adam(AdamSpec(learningRate: 1e-2)))
        let (_, metrics) = try await train(TrainingJob(spec), workers: 2)
        func last(_ name: String) throws -> Double { try #require(metrics.last { $0.name == name }?.value) }
        // Without dropout, and with the averages of the steps, it does better than in training.
        #expect(try last("val_accuracy") > 0.93)
        #expect(try last("val_loss") < last("loss"))
    }

    private func parameters(_ spec: JobSpec) async throws -> Weights {
        let job = try TrainingJob(spec)
        let (last, _) = try await train(job, workers: 2)
        return Weights(job.model.layout, values: try #require(last.buffers.first).values)
    }
}
