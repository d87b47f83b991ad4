import Datasets
import Foundation
import NN
import Parallel
import Spec
import Tensor

/// Learns the project's own documents character by character, then writes a text in their manner.
@main
enum Program {
    private static let window = 64

    static func main() async throws {
        let project = CommandLine.arguments.dropFirst().first ?? "."
        let corpus = try Corpus(files: Corpus.files(of: project))
        print("\(corpus.indices.count) characters, \(corpus.alphabet.count) different ones")
        let model = model(classes: corpus.alphabet.count)
        let job = try TrainingJob(
            JobSpec(
                inMemory: "character-lstm", model: model, seed: 1,
                loss: .softmaxCrossEntropy, optimizer: .adam(AdamSpec(learningRate: 4e-3)),
                schedule: ScheduleSpec(.cosine(CosineSpec()), warmupSteps: 50),
                training: TrainingSpec(length: .epochs(25), batchSize: 32, clipNorm: 1)),
            model: Model(model), train: try corpus.windows(in: 0..<0.9, length: window),
            validation: try corpus.windows(in: 0.9..<1, length: window))
        let log = Log()
        let coordinator = try Coordinator(
            job: job, start: nil, workers: automaticWorkerCount(), sink: log)
        let outcome = try await coordinator.run()
        guard outcome == .completed, let weights = await log.weights else {
            print("The training ended early: \(outcome)")
            exit(1)
        }
        let replica = ModelReplica(job.model, weights: FlatBuffer(weights))
        let writer = Writer(corpus: corpus, replica: replica, window: window, temperature: 0.6)
        print("\n" + writer.text(after: "The ", characters: 400))
    }

    private static func model(classes: Int) -> ModelSpec {
        ModelSpec(
            input: [window],
            layers: [
                LayerSpec(.embedding(EmbeddingSpec(vocabulary: classes, size: 32))),
                LayerSpec(.lstm(LSTMSpec(RecurrentSpec(units: 128, returnsSequences: true)))),
                LayerSpec(.dense(DenseSpec(units: classes))),
            ])
    }
}

/// Prints each fifth epoch, and keeps the weights.
private actor Log: SnapshotSink {
    private(set) var weights: [Float]?

    func commit(_ snapshot: TrainingSnapshot) {
        weights = snapshot.buffers.first?.values
        let epoch = snapshot.cursor.epoch
        guard epoch.isMultiple(of: 5), !snapshot.metrics.isEmpty else { return }
        let texts = ["loss", "accuracy", "val_loss", "val_accuracy"].map { name in
            let value = snapshot.metrics.last { $0.name == name }?.value ?? .nan
            return "\(name) \(String(format: "%.3f", value))"
        }
        print("epoch \(epoch): " + texts.joined(separator: ", "))
    }
}
