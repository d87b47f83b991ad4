import Datasets
import Foundation
import NN
import Parallel
import Spec
import Tensor
import TestSupport
import Testing

@Suite("Every loss in a job", .timeLimit(.minutes(15)))
struct LossJobTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let labels: [String]
        let outputs: Int
        let loss: LossSpec
        let metrics: [MetricSpec]?
        /// The curves that the job must have.
        let curves: [String]
        /// What part of the first epoch's loss is left at the end, at most.
        let rest: Double
        var testDescription: String { "\(loss.name) of \(labels.joined(separator: ", "))" }
    }

    static let classes = ["accuracy", "loss", "val_accuracy", "val_loss"]
    static let cases: [Case] = [
        Case(
            labels: ["class"], outputs: 3,
            loss: .softmaxCrossEntropy(labelSmoothing: 0.1, classWeights: [0.5, 1, 3]),
            metrics: nil, curves: classes, rest: 0.95),
        Case(
            labels: ["class"], outputs: 3, loss: .softmaxCrossEntropy,
            metrics: [.f1, .precision, .recall, .topKAccuracy(k: 2), .confusionMatrix],
            curves: ["loss", "val_f1", "val_loss", "val_precision", "val_recall", "val_top_2_accuracy"],
            rest: 0.9),
        Case(
            labels: ["yes"], outputs: 2, loss: .softmaxCrossEntropy, metrics: [.accuracy, .auc],
            curves: classes + ["val_auc"], rest: 0.9),
        Case(
            labels: ["yes"], outputs: 1, loss: .binaryCrossEntropy(positiveWeight: 2),
            metrics: [.accuracy, .auc, .f1, .precision, .recall, .confusionMatrix],
            curves: classes + ["val_auc", "val_f1", "val_precision", "val_recall"], rest: 0.9),
        Case(
            labels: ["yes", "p"], outputs: 2, loss: .binaryCrossEntropy, metrics: nil,
            curves: ["loss", "val_loss"], rest: 0.95),
        Case(
            labels: ["p", "q", "r", "s"], outputs: 4, loss: .softmaxCrossEntropy, metrics: nil,
            curves: ["loss", "val_loss"], rest: 0.999),
        Case(
            labels: ["number"], outputs: 1, loss: .meanAbsoluteError, metrics: [.mae, .rmse, .r2],
            curves: ["loss", "val_loss", "val_mae", "val_r2", "val_rmse"], rest: 0.8),
        Case(
            labels: ["number", "other"], outputs: 2, loss: .huber(delta: 0.5), metrics: [.r2],
            curves: ["loss", "val_loss", "val_r2"], rest: 0.8),
        Case(
            labels: ["other", "number"], outputs: 2, loss: .meanSquaredError, metrics: nil,
            curves: ["loss", "val_loss"], rest: 0.8),
        // These two take log-probabilities, which a dense layer's outputs only happen to be; the loss goes down
        // without end.
        Case(
            labels: ["class"], outputs: 3, loss: .negativeLogLikelihood, metrics: nil, curves: classes,
            rest: 1),
        Case(
            labels: ["p", "q", "r", "s"], outputs: 4, loss: .klDivergence, metrics: nil,
            curves: ["loss", "val_loss"], rest: 1),
    ]

    @Test("trains, has its curves, and the same bits and scores at 1, 2, 3 and 5 workers", arguments: cases)
    func workers(_ example: Case) async throws {
        let table = try TableJob()
        defer { table.remove() }
        let spec = try table.spec(
            example.labels, outputs: example.outputs, loss: example.loss, metrics: example.metrics)
        try spec.validate()
        let job = try TrainingJob(spec)
        let alone = try await train(job, workers: 1)
        #expect(Set(alone.metrics.map(\.name)) == Set(example.curves))
        let losses = alone.metrics.filter { $0.name == "val_loss" }.map(\.value)
        #expect(losses.count == 4)
        #expect(losses[3] < losses[0] - (1 - example.rest) * abs(losses[0]), "\(losses)")
        let score = try await Evaluator(job: job, workers: 1).evaluate(alone.snapshot, on: .validation)
        // The validation data is the training data here, scored with the last weights.
        #expect(score.loss == losses[3])
        for (name, value) in score.metrics {
            #expect(alone.metrics.last { $0.name == "val_" + name }?.value == value)
        }
        for workers in [2, 3, 5] {
            let shared = try await train(job, workers: workers)
            #expect(shared.snapshot == alone.snapshot)
            #expect(shared.metrics == alone.metrics)
            let same = try await Evaluator(job: job, workers: workers).evaluate(
                shared.snapshot, on: .validation)
            #expect(same == score)
        }
    }

    @Test("precision, recall, F1 and accuracy follow from the confusion matrix")
    func confusionMatrix() async throws {
        let table = try TableJob()
        defer { table.remove() }
        let metrics: [MetricSpec] = [.accuracy, .precision, .recall, .f1, .confusionMatrix]
        let job = try TrainingJob(
            table.spec(["class"], outputs: 3, loss: .softmaxCrossEntropy, metrics: metrics))
        let snapshot = try await train(job, workers: 2).snapshot
        let score = try await Evaluator(job: job, workers: 2).evaluate(snapshot, on: .train)
        let matrix = try #require(score.confusionMatrix)
        #expect(matrix.count == 3 && matrix.allSatisfy { $0.count == 3 })
        #expect(matrix.joined().reduce(0, +) == 700)
        func mean(_ score: (Int) -> Double) -> Double { (0..<3).reduce(0) { $0 + score($1) } / 3 }
        func right(_ i: Int) -> Double { Double(matrix[i][i]) }
        func row(_ i: Int) -> Double { Double(matrix[i].reduce(0, +)) }
        func column(_ i: Int) -> Double { Double(matrix.reduce(0) { $0 + $1[i] }) }
        #expect(score.metrics["accuracy"] == (right(0) + right(1) + right(2)) / 700)
        let expected = [
            "precision": mean { right($0) / max(1, column($0)) }, "recall": mean { right($0) / row($0) },
            "f1": mean { 2 * right($0) / (row($0) + column($0)) },
        ]
        for (name, value) in expected { #expect(abs((score.metrics[name] ?? .nan) - value) <= 1e-12) }
    }

    @Test("class weights: the epoch's loss is the weighted mean, whatever the shards")
    func weights() async throws {
        let table = try TableJob()
        defer { table.remove() }
        // No step is large enough to move the loss, so that the mean over an epoch is that of one set of weights.
        var spec = try table.spec(
            ["class"], outputs: 3,
            loss: .softmaxCrossEntropy(labelSmoothing: 0, classWeights: [0.25, 0, 4]), steps: 22)
        spec.optimizer = .sgd(SGDSpec(learningRate: 1e-12))
        var means: [Double] = []
        for shards in [1, 3, 7] {
            spec.training.shards = shards
            let run = try await train(TrainingJob(spec), workers: 2)
            let names = ["loss", "val_loss"]
            let values = names.compactMap { name in run.metrics.last { $0.name == name }?.value }
            #expect(values.count == 2 && abs(values[0] - values[1]) < 1e-5)
            means += values
        }
        #expect((means.max() ?? 1) - (means.min() ?? 0) < 1e-5)
    }

    @Test("class weights: a step is that of the whole minibatch, however it is cut into shards")
    func weightedStep() async throws {
        let table = try TableJob()
        defer { table.remove() }
        var spec = try table.spec(
            ["class"], outputs: 3,
            loss: .softmaxCrossEntropy(labelSmoothing: 0.2, classWeights: [0.1, 1, 10]), steps: 1)
        spec.training.shards = 1
        spec.optimizer = .sgd(SGDSpec(learningRate: 1e-12))
        let start = try await train(TrainingJob(spec), workers: 1).snapshot.buffers[0].values
        spec.optimizer = .sgd(SGDSpec(learningRate: 1))
        let whole = try await train(TrainingJob(spec), workers: 1).snapshot.buffers[0].values
        let step = zip(whole, start).map { Double($0) - Double($1) }
        #expect((step.map(abs).max() ?? 0) > 0.05)
        for shards in [2, 5, 33] {
            spec.training.shards = shards
            let other = try await train(TrainingJob(spec), workers: 2).snapshot.buffers[0].values
            #expect(deviation(zip(other, start).map { $0 - $1 }, from: step) <= 1e-5)
        }
    }

    @Test("a job goes on from a snapshot in the middle of an epoch with its weighted sums")
    func resuming() async throws {
        let table = try TableJob()
        defer { table.remove() }
        let spec = try table.spec(
            ["class"], outputs: 3,
            loss: .softmaxCrossEntropy(labelSmoothing: 0, classWeights: [0.3, 1, 0.1]),
            checkpoint: CheckpointSpec(everySteps: 15))
        let sink = MemorySink()
        let whole = try await train(TrainingJob(spec), workers: 2, sink: sink)
        for snapshot in await sink.snapshots.dropLast() {
            var stored = snapshot
            let json = try JSONEncoder().encode(snapshot.epochTotals)
            stored.epochTotals = try JSONDecoder().decode(Tally.self, from: json)
            #expect(stored == snapshot)
            let rest = try await train(TrainingJob(spec), workers: 3, from: stored)
            #expect(rest.snapshot.buffers == whole.snapshot.buffers)
            #expect(rest.metrics == whole.metrics.filter { $0.step > snapshot.cursor.step })
        }
    }

    @Test("sums that older checkpoints hold as whole numbers without labels are read")
    func olderTally() throws {
        let json = #"{"correct":80,"lossSum":50.5,"samples":100,"terms":300}"#
        let tally = try JSONDecoder().decode(Tally.self, from: Data(json.utf8))
        #expect(tally == Tally(lossSum: 50.5, terms: 300, correct: 80, labels: 100, samples: 100))
    }
}
