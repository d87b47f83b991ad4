import Charts
import Spec

/// What batch norm does to a deep net's training: Ioffe & Szegedy 2015, arXiv:1502.03167.
package enum BatchNormExperiment: Experiment {
    package static let name = "batch-norm"
    package static let abstract = "A net of three hidden sigmoid layers, with batch norm and without."

    private static let depth = 3
    /// The training loss to which steps are counted.
    private static let goal = 0.1

    package static func report(on images: ImageSet, workers: Int) async throws -> Report {
        let samples = try images.samples()
        var runs: [Run] = []
        for isNormalised in [false, true] {
            runs.append(try await setting(on: samples, isNormalised).train(workers: workers))
        }
        return Report(
            title:
                "Batch norm: \(depth) hidden layers of 64 sigmoid units on \(images.title), SGD at the same rate",
            table: comparison(runs), findings: findings(runs, goal: goal),
            figure: Figure(
                title: "Batch norm in \(depth) hidden layers on \(images.title)",
                charts: [
                    chart("Loss", .init("loss", .logarithmic), runs, \.train.loss, \.test.loss),
                    chart("Accuracy", .init("accuracy"), runs, \.train.accuracy, \.test.accuracy),
                ]))
    }

    private static func setting(on samples: ImageSet.Samples, _ isNormalised: Bool) -> Setting {
        // The norm has a bias of its own, so one in front of it would do nothing.
        let dense = DenseSpec(units: 64, bias: !isNormalised)
        let block =
            [LayerSpec(.dense(dense))]
            + (isNormalised ? [LayerSpec(.batchNorm(BatchNormSpec()))] : [])
            + [LayerSpec(.activation(.sigmoid))]
        // A shard normalises by itself: two shards of 32 samples.
        return Setting(
            isNormalised ? "batch norm" : "no norm", on: samples,
            layers: (0..<depth).flatMap { _ in block }, optimizer: .sgd(SGDSpec(learningRate: 0.5)),
            training: TrainingSpec(length: .steps(900), batchSize: 64, shards: 2), scoreEvery: 10)
    }

    package static func findings(_ runs: [Run], goal: Double) -> [String] {
        guard let off = runs.first, let on = runs.last else { return [] }
        let steps = { (run: Run) in
            run.stepsToReach(loss: goal).map { "after \($0) steps" } ?? "at no time in \(run.last.step) steps"
        }
        return [
            "With batch norm the training loss is below \(goal) \(steps(on)), without it \(steps(off)); "
                + "at the end the test accuracy is \(Text.percent(on.last.test.accuracy)) in the place of "
                + "\(Text.percent(off.last.test.accuracy))."
        ]
    }
}
