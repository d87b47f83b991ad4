import Datasets
import Parallel
import Spec
import Testing

@Suite("The cases that speed is measured with")
struct BenchCaseTests {
    @Test(
        "they are the nets that the peers' programs train",
        arguments: [
            // Weights and biases, counted by hand.
            (BenchCase.small, "mlp_s", 78_500 + 20_200 + 2_010, 32),
            (.medium, "mlp_m", 392_500 + 100_200 + 2_010, 100),
            (.large, "mlp_l", 1_607_680 + 4_196_352 + 20_490, 512),
            (.lenet, "lenet", 320 + 18_496 + 401_536 + 1_290, 128),
        ])
    func nets(bench: BenchCase, name: String, parameters: Int, batch: Int) throws {
        #expect(bench.rawValue == name)
        let spec = bench.spec(length: .epochs(1))
        let shapes = try spec.model.shapes()
        #expect(shapes.parameterCount == parameters && shapes.output == [10])
        #expect(spec.model.input.reduce(1, *) == 784)
        #expect(spec.training.batchSize == batch && spec.training.shards == nil)
        #expect(spec.loss == .softmaxCrossEntropy && spec.data.shuffle)
        switch spec.optimizer {
        case .sgd(let sgd): #expect(bench == .small && sgd.learningRate == 0.1 && sgd.weightDecay == 0)
        case .adam(let adam): #expect(bench != .small && adam == AdamSpec(learningRate: 1e-3))
        default: Issue.record("\(spec.optimizer)")
        }
        let functions = spec.model.layers.compactMap { layer -> ActivationSpec?? in
            switch layer.kind {
            case .dense(let dense): .some(dense.activation)
            case .convolution(let convolution): .some(convolution.activation)
            default: nil
            }
        }
        #expect(functions == Array(repeating: .relu, count: functions.count - 1) + [nil])
    }

    @Test("the images shrink as in the peers' programs")
    func lenet() throws {
        let shapes = try BenchCase.lenet.model.shapes().layers.map(\.output)
        #expect(
            shapes == [[32, 28, 28], [32, 14, 14], [64, 14, 14], [64, 7, 7], [3136], [128], [10]])
    }

    @Test("the samples have mean 0, deviation 1 and all ten classes, and are the same each time")
    func samples() throws {
        let job = try TrainingJob(.small, on: BenchSamples(count: 500), length: .epochs(1))
        let again = try TrainingJob(.small, on: BenchSamples(count: 500), length: .epochs(1))
        #expect(job.dataFingerprint == again.dataFingerprint)
        #expect(job.train.count == 500 && job.train.classCount == 10)
        var features = [Float](repeating: .nan, count: 500 * 784)
        let rows = Array(0..<Int32(500))
        var span = features.mutableSpan
        try job.train.gatherFeatures(rows: rows.span, into: &span)
        let values = features.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        // 392,000 draws: the mean's deviation is 0.0016, the square's 0.0014.
        #expect(abs(mean) < 0.01 && abs(square - 1) < 0.01)
        #expect(values.allSatisfy { abs($0) <= 1.7321 })
    }

    @Test("an endless job has nothing to do but steps")
    func endless() throws {
        var spec = SmallJob.spec(checkpoint: CheckpointSpec(everySteps: 7))
        spec.training.earlyStopping = EarlyStoppingSpec(
            watched: WatchedMetric(metric: "val_loss", mode: .min), patience: 1)
        let job = try TrainingJob(spec)
        let endless = try job.endless()
        #expect(job.validation != nil && endless.validation == nil)
        #expect(endless.plan.totalSteps > 1_000_000_000 && endless.plan.shards == job.plan.shards)
        #expect(endless.train.count == job.train.count)
        #expect(endless.spec.training.earlyStopping == nil)
        #expect(endless.spec.checkpoint.everySteps ?? 0 > 1_000_000_000)
    }
}
