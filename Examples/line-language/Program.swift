import Datasets
import Foundation
import NN
import Parallel
import Spec
import Tensor

/// Learns to tell the language of a single line of source from its bytes, with a small transformer.
@main
enum Program {
    static func main() async throws {
        let project = CommandLine.arguments.dropFirst().first ?? "."
        let lines = try Lines(project: project, most: 1200)
        print("\(lines.train.count) lines to train on, \(lines.test.count) lines of other files to test on")
        let job = try TrainingJob(
            JobSpec(
                inMemory: "line-language", model: model, seed: 1,
                loss: .softmaxCrossEntropy,
                metrics: [.accuracy, .confusionMatrix], optimizer: .adam(AdamSpec(learningRate: 2e-3)),
                schedule: ScheduleSpec(.cosine(CosineSpec()), warmupSteps: 50),
                training: TrainingSpec(length: .epochs(10), batchSize: 32)),
            model: Model(model), train: try Lines.dataset(lines.train), test: try Lines.dataset(lines.test))
        let log = Log()
        let workers = automaticWorkerCount()
        let coordinator = try Coordinator(job: job, start: nil, workers: workers, sink: log)
        let outcome = try await coordinator.run()
        guard outcome == .completed, let snapshot = await log.snapshot else {
            print("The training ended early: \(outcome)")
            exit(1)
        }
        report(try await Evaluator(job: job, workers: workers).evaluate(snapshot, on: .test))
        let weights = snapshot.buffers.first?.values ?? []
        try classify(with: ModelReplica(job.model, weights: FlatBuffer(weights)))
    }

    private static let model = ModelSpec(
        input: [Lines.length],
        layers: [
            LayerSpec(.embedding(EmbeddingSpec(vocabulary: 256, size: 32, padding: 0))),
            LayerSpec(.positionalEncoding(PositionalEncodingSpec(.learned))),
            LayerSpec(
                .transformerEncoder(
                    TransformerEncoderSpec(heads: 4, feedForward: 64, layers: 2, dropout: 0.1))),
            LayerSpec(.averageSteps(AverageStepsSpec())),
            LayerSpec(.dense(DenseSpec(units: Language.allCases.count))),
        ])

    private static func report(_ score: Evaluation) {
        let accuracy = String(format: "%.1f", 100 * (score.metrics["accuracy"] ?? .nan))
        print("\nOn lines of files that it has not seen: \(accuracy) % right")
        print("Rows are languages, columns what the net says:")
        print(([""] + Language.allCases.map { "\($0)" }).map(padded).joined())
        for (language, row) in zip(Language.allCases, score.confusionMatrix ?? []) {
            print((["\(language)"] + row.map(String.init)).map(padded).joined())
        }
    }

    private static func padded(_ text: String) -> String {
        String(repeating: " ", count: max(0, 10 - text.count)) + text
    }

    /// Tries lines that nobody has written in this project.
    private static func classify(with replica: ModelReplica) throws {
        let lines = [
            "guard let value = table[key] else { return nil }", "for (int i = 0; i < n; i++) sum += x[i];",
            "The optimizer reads the gradient and writes the weights.", "def mean(x): return sum(x) / len(x)",
            "if [ -e \"$file\" ]; then rm \"$file\"; fi",
        ]
        let x = Tensor(lines.flatMap { Lines.features($0) }, shape: [lines.count, Lines.length])
        let logits = replica.predict(x).values
        let classes = Language.allCases.count
        print("")
        for (index, line) in lines.enumerated() {
            let row = logits[index * classes..<(index + 1) * classes]
            let best = row.enumerated().max { $0.element < $1.element }?.offset ?? 0
            print("\(padded("\(Language.allCases[best])"))  \(line)")
        }
    }
}

/// Prints each epoch, and keeps the last snapshot.
private actor Log: SnapshotSink {
    private(set) var snapshot: TrainingSnapshot?

    func commit(_ snapshot: TrainingSnapshot) {
        self.snapshot = snapshot
        let value = { (name: String) in snapshot.metrics.last { $0.name == name }?.value }
        guard let loss = value("loss"), let accuracy = value("accuracy") else { return }
        let numbers = String(format: "loss %.3f, accuracy %.3f", loss, accuracy)
        print("epoch \(snapshot.cursor.epoch): \(numbers)")
    }
}
