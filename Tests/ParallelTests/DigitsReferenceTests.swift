import Datasets
import Foundation
import Parallel
import Spec
import TestSupport
import Testing

/// The digits job from fixed weights, without shuffling, against `Tests/Fixtures/digits_reference.py`: NumPy in float64,
/// which shares no code with this project.
@Suite("The digits job against an independent implementation", .timeLimit(.minutes(15)))
struct DigitsReferenceTests {
    private struct Reference: Decodable {
        struct Run: Decodable {
            let losses: [Double]
            let finalTrainingLoss: Double
            let norms: [String: Double]
        }

        let samples: Int
        let steps: Int
        let optimizers: [String: Run]
    }

    private static let optimizers: [(String, OptimizerSpec)] = [
        ("sgd", .sgd(SGDSpec(learningRate: 0.1))),
        ("momentum", .momentum(MomentumSpec(learningRate: 0.05, momentum: 0.9))),
        ("adam", .adam(AdamSpec(learningRate: 1e-3))),
    ]

    @Test(
        "100 losses, the final loss and the weights' norms agree to 1e-5", arguments: optimizers, [1, 2, 5])
    func agrees(_ optimizer: (name: String, spec: OptimizerSpec), shards: Int) async throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let reference = try Fixture.decode(
            "digits/reference.json", as: Reference.self, decoder: decoder)
        let expected = try #require(reference.optimizers[optimizer.name])
        let spec = JobSpec(
            data: DataSpec(
                train: SmallJob.source("digits-train.csv.gz"), scale: .divide(16), shuffle: false),
            model: ModelSpec(
                input: [64],
                initialWeights: InitialWeightsSpec(Fixture.url("digits/initial.safetensors").path),
                layers: [
                    LayerSpec(.dense(DenseSpec(units: 64, activation: .relu))),
                    LayerSpec(.dense(DenseSpec(units: 10))),
                ]),
            loss: .softmaxCrossEntropy, optimizer: optimizer.spec,
            training: TrainingSpec(length: .steps(reference.steps), batchSize: 32, shards: shards),
            checkpoint: CheckpointSpec(everySteps: 1))
        let job = try TrainingJob(spec)
        #expect(job.train.count == reference.samples)
        let sink = MemorySink()
        let (last, _) = try await train(job, workers: 2, sink: sink)

        let losses = stepLosses(await sink.snapshots, samples: reference.samples)
        #expect(losses.count == 100 && expected.losses.count == 100)
        for (loss, truth) in zip(losses, expected.losses) { #expect(abs(loss - truth) <= 1e-5 * abs(truth)) }

        let score = try await Evaluator(job: job, workers: 2).evaluate(last, on: .train)
        #expect(abs(score.loss - expected.finalTrainingLoss) <= 1e-5 * expected.finalTrainingLoss)

        var start = 0
        for tensor in last.layout {
            let values = last.buffers[0].values[start..<(start + tensor.shape.reduce(1, *))]
            let norm = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            let truth = try #require(expected.norms[tensor.name])
            #expect(abs(norm - truth) <= 1e-5 * truth)
            start += values.count
        }
        #expect(last.layout.count == expected.norms.count)
    }

    /// The loss of each minibatch, from the epoch's sums after each step.
    private func stepLosses(_ snapshots: [TrainingSnapshot], samples: Int) -> [Double] {
        var (sum, rows) = (0.0, 0)
        return snapshots.map { snapshot in
            let isEpochEnd = snapshot.cursor.samplesInEpoch == 0
            let row = snapshot.metrics.first { $0.name == "loss" }
            let newRows = isEpochEnd ? samples : snapshot.cursor.samplesInEpoch
            let mean = row?.value ?? snapshot.epochTotals.lossSum / Double(snapshot.epochTotals.terms)
            let newSum = mean * Double(newRows)
            defer { (sum, rows) = isEpochEnd ? (0, 0) : (newSum, newRows) }
            return (newSum - sum) / Double(newRows - rows)
        }
    }
}
