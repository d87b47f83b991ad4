import Charts
import Datasets
import Foundation
import Spec

/// What weight decay does to a net that has far more weights than samples: Krogh & Hertz 1991.
package enum L2Experiment: Experiment {
    package static let name = "l2"
    package static let abstract = "Weight decay, from none to too much, for many neurons and few samples."

    private static let decays = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3]
    /// Training images.
    private static let most = 100

    package static func report(on images: ImageSet, workers: Int) async throws -> Report {
        let samples = try images.samples(training: most)
        var runs: [Run] = []
        for decay in decays {
            runs.append(try await setting(on: samples, decay).train(workers: workers))
        }
        let count = samples.train.count
        var table = TextTable(
            words: ["weight decay"],
            numbers: [
                "train loss", "test loss", "train accuracy", "test accuracy", "gap", "norm of the weights",
            ])
        for run in runs {
            let last = run.last
            table.append([
                run.name, Text.loss(last.train.loss), Text.loss(last.test.loss),
                Text.percent(last.train.accuracy), Text.percent(last.test.accuracy),
                Text.percent(last.train.accuracy - last.test.accuracy), Text.loss(last.weightNorm),
            ])
        }
        return Report(
            title: "L2: a \(images.features)-256-256-10 net on \(count) images of \(images.title)",
            table: table, findings: findings(runs),
            figure: Figure(
                title: "Weight decay: \(count) images of \(images.title) for a net of 256-256 units",
                charts: [
                    chart("Training loss", .init("loss", .logarithmic), runs, \.train.loss),
                    chart("Test loss", .init("loss", .logarithmic), runs, \.test.loss),
                    chart("Test error", .init("part that is wrong", .logarithmic), runs) {
                        1 - $0.test.accuracy
                    },
                    chart("Norm of the weights", .init("L2 norm", .logarithmic), runs, \.weightNorm),
                ]))
    }

    private static func setting(on samples: ImageSet.Samples, _ decay: Double) -> Setting {
        let hidden = LayerSpec(.dense(DenseSpec(units: 256, activation: .relu)))
        return Setting(
            String(format: "%g", decay), on: samples,
            layers: [hidden, hidden],
            // A minibatch holds all of the digits, so that the curves are smooth.
            optimizer: .momentum(MomentumSpec(learningRate: 0.02, momentum: 0.9, weightDecay: decay)),
            training: TrainingSpec(length: .steps(1000), batchSize: 128), scoreEvery: 20)
    }

    package static func findings(_ runs: [Run]) -> [String] {
        guard let plain = runs.first, let last = runs.last,
            let best = runs.min(by: { $0.last.test.loss < $1.last.test.loss })
        else { return [] }
        let comparison =
            best.name == plain.name
            ? "No decay brings the test loss below that of none, \(Text.loss(plain.last.test.loss))"
            : "A decay of \(best.name) brings the test loss from \(Text.loss(plain.last.test.loss)) to "
                + "\(Text.loss(best.last.test.loss)) and the test accuracy from "
                + "\(Text.percent(plain.last.test.accuracy)) to \(Text.percent(best.last.test.accuracy))"
        return [
            comparison + "; with \(last.name) the training loss is \(Text.loss(last.last.train.loss)) in the "
                + "place of \(Text.loss(plain.last.train.loss)), and the weights' norm "
                + "\(Text.loss(last.last.weightNorm)) in the place of \(Text.loss(plain.last.weightNorm))."
        ]
    }
}
