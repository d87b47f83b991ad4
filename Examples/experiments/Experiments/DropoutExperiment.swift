import Charts
import Datasets
import Spec

/// What dropout does to a net that learns its samples by heart: Srivastava et al. 2014, JMLR 15.
package enum DropoutExperiment: Experiment {
    package static let name = "dropout"
    package static let abstract = "A net that learns its samples by heart, with dropout and without."

    private static let rates = [0, 0.5]

    package static func report(on images: ImageSet, workers: Int) async throws -> Report {
        let samples = try images.samples()
        var runs: [Run] = []
        for rate in rates {
            runs.append(try await setting(on: samples, rate).train(workers: workers))
        }
        let count = samples.train.count
        return Report(
            title: "Dropout: a \(images.features)-256-256-10 net on \(count) images of \(images.title)",
            table: comparison(runs), findings: findings(runs),
            figure: Figure(
                title: "Dropout: \(count) images of \(images.title) for a net of 256-256 units",
                charts: [
                    chart("Loss", .init("loss", .logarithmic), runs, \.train.loss, \.test.loss),
                    chart("Accuracy", .init("accuracy"), runs, \.train.accuracy, \.test.accuracy),
                ]))
    }

    private static func setting(on samples: ImageSet.Samples, _ rate: Double) -> Setting {
        let hidden = LayerSpec(.dense(DenseSpec(units: 256, activation: .relu)))
        let dropout = rate > 0 ? [LayerSpec(.dropout(DropoutSpec(rate: rate)))] : []
        return Setting(
            rate > 0 ? "dropout \(rate)" : "no dropout", on: samples,
            layers: [hidden] + dropout + [hidden] + dropout,
            optimizer: .adam(AdamSpec(learningRate: 1e-3)),
            training: TrainingSpec(length: .steps(1500), batchSize: 64), scoreEvery: 30)
    }

    package static func findings(_ runs: [Run]) -> [String] {
        guard let off = runs.first, let on = runs.last else { return [] }
        let gap = { (run: Run) in Text.loss(run.last.test.loss - run.last.train.loss) }
        return [
            "With dropout the test loss is \(Text.loss(on.last.test.loss)) in the place of "
                + "\(Text.loss(off.last.test.loss)) and lies \(gap(on)) above the training loss in the place of "
                + "\(gap(off)); the test accuracy is \(Text.percent(on.last.test.accuracy)) in the place of "
                + "\(Text.percent(off.last.test.accuracy))."
        ]
    }
}
