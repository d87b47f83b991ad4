import Foundation
import Parallel
import Spec

/// A job on the repository's digits, small enough to run many times in a test.
enum SmallJob {
    static let digits = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Examples/digits")

    static func source(_ name: String) -> SourceSpec {
        .csv(CSVSourceSpec(path: digits.appendingPathComponent(name).path, label: "64", header: false))
    }

    static func spec(
        steps: Int = 60, batch: Int = 30, shards: Int? = nil, optimizer: OptimizerSpec = .adam(AdamSpec()),
        loss: LossSpec = .softmaxCrossEntropy, checkpoint: CheckpointSpec = CheckpointSpec(),
        nonfinite: NonfinitePolicy = .stop
    ) -> JobSpec {
        let outputs = loss == .softmaxCrossEntropy ? 10 : 1
        return JobSpec(
            name: "digits", seed: 42,
            data: DataSpec(
                train: source("digits-train.csv.gz"), validation: .fraction(0.1),
                test: source("digits-test.csv.gz"), scale: .divide(16)),
            model: ModelSpec(
                input: [64],
                layers: [
                    LayerSpec(.dense(DenseSpec(units: 33, activation: .relu))),
                    LayerSpec(name: "middle", .dense(DenseSpec(units: 17, activation: .tanh))),
                    LayerSpec(.dense(DenseSpec(units: outputs))),
                ]),
            loss: loss, optimizer: optimizer, schedule: ScheduleSpec(.cosine(CosineSpec()), warmupSteps: 5),
            training: TrainingSpec(
                length: .steps(steps), batchSize: batch, shards: shards, workers: .auto,
                onNonfinite: nonfinite),
            checkpoint: checkpoint)
    }
}
