import Datasets
import NN
import Parallel
import Spec
import Tensor
import Testing

/// [batch, n] becomes [batch, n / width, width].
private struct Positions: Layer {
    let width: Int

    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.reshaped([x.shape[0], x.shape[1] / width, width])
    }
}

@Suite("Labels for each position, on samples in memory", .timeLimit(.minutes(15)))
struct SequenceLabelTests {
    private let model = Model(
        inputShape: [5], outputShape: [4, 3],
        Sequential([Dense(name: "a", inputs: 5, outputs: 12), Positions(width: 3)]))

    private func data(classCount: Int = 3, length: Int = 4) throws -> Dataset {
        let features = (0..<(300 * 5)).map { Float(($0 * 7919) % 101) / 101 }
        // The label of position t says where feature t lies.
        let labels = (0..<300).flatMap { row in
            (0..<length).map { t in Int32(min(Int(features[row * 5 + t] * 3), classCount - 1)) }
        }
        return try Dataset(
            features: .floats(features), featureShape: [5],
            targets: .sequences(labels, length: length, classCount: classCount))
    }

    private func spec(_ loss: LossSpec, metrics: [MetricSpec]? = nil) -> JobSpec {
        var spec = SmallJob.spec(
            steps: 60, batch: 32, shards: 3, optimizer: .adam(AdamSpec(learningRate: 0.1)), loss: loss)
        spec.metrics = metrics
        return spec
    }

    @Test("cross-entropy is the mean over all positions, and accuracy counts each of them")
    func training() async throws {
        let metrics: [MetricSpec] = [.accuracy, .f1, .confusionMatrix]
        for loss in [
            LossSpec.softmaxCrossEntropy,
            .softmaxCrossEntropy(labelSmoothing: 0.1, classWeights: [1, 2, 0.5]),
        ] {
            let data = try data()
            let job = try TrainingJob(
                spec(loss, metrics: metrics), model: model, train: data, validation: data)
            let alone = try await train(job, workers: 1)
            let shared = try await train(job, workers: 3)
            #expect(alone.snapshot == shared.snapshot && alone.metrics == shared.metrics)
            let score = try await Evaluator(job: job, workers: 2).evaluate(alone.snapshot, on: .validation)
            let matrix = try #require(score.confusionMatrix)
            #expect(score.samples == 300 && matrix.joined().reduce(0, +) == 1200)
            let right = (0..<3).reduce(0) { $0 + matrix[$1][$1] }
            #expect(score.metrics["accuracy"] == Double(right) / 1200)
            #expect(right > 600)
            #expect(alone.snapshot.epochTotals == Tally() || alone.snapshot.epochTotals.labels % 4 == 0)
        }
    }

    @Test("an untrained model's loss is that of its outputs, by hand")
    func value() async throws {
        let data = try data()
        var spec = spec(.softmaxCrossEntropy)
        spec.optimizer = .sgd(SGDSpec(learningRate: 1e-12))
        let zero = Model(
            inputShape: [5], outputShape: [4, 3],
            Sequential([
                Dense(name: "a", inputs: 5, outputs: 12, initializer: .zeros), Positions(width: 3),
            ]))
        let job = try TrainingJob(spec, model: zero, train: data)
        let snapshot = try await train(job, workers: 2).snapshot
        let score = try await Evaluator(job: job, workers: 1).evaluate(snapshot, on: .train)
        // log 3 for each of the positions, not four times that.
        #expect(abs(score.loss - 1.098_612_288_668_11) <= 1e-6)
    }

    @Test("labels, positions and classes that do not fit have a sentence")
    func misfits() throws {
        func problem(_ loss: LossSpec, _ data: Dataset) -> String {
            do {
                _ = try TrainingJob(spec(loss), model: model, train: data)
                return "no error"
            } catch { return "\(error)" }
        }
        #expect(
            try problem(.softmaxCrossEntropy, data(length: 3))
                == "train: a sample has 3 labels, but the model's output [4, 3] has 4 rows of classes; there must be "
                + "a label for each")
        #expect(
            try problem(.softmaxCrossEntropy, data(classCount: 5))
                == "train: the labels go up to 4, but the model's output has 3 classes (0 to 2); the last layer needs "
                + "5 units")
        #expect(
            try problem(.huber(delta: 1), data())
                == "train: `huber` with an output of the shape [4, 3] does not take class indices as targets")
    }
}
