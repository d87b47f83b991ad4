import Charts
import Spec

/// How fast the optimizers bring the training loss down, each at a learning rate that suits it.
package enum OptimizerExperiment: Experiment {
    package static let name = "optimizers"
    package static let abstract = "Plain gradient descent, momentum and the adaptive methods side by side."

    private static let optimizers: [(name: String, rate: Double, spec: @Sendable (Double) -> OptimizerSpec)] =
        [
            ("sgd", 0.1, { .sgd(SGDSpec(learningRate: $0)) }),
            ("momentum", 0.05, { .momentum(MomentumSpec(learningRate: $0, momentum: 0.9)) }),
            ("nesterov", 0.05, { .nesterov(MomentumSpec(learningRate: $0, momentum: 0.9)) }),
            ("adagrad", 0.02, { .adagrad(AdagradSpec(learningRate: $0)) }),
            ("rmsprop", 0.001, { .rmsprop(RMSpropSpec(learningRate: $0)) }),
            ("adadelta", 1, { .adadelta(AdadeltaSpec(learningRate: $0)) }),
            ("adam", 0.002, { .adam(AdamSpec(learningRate: $0)) }),
            ("amsgrad", 0.002, { .amsgrad(AdamSpec(learningRate: $0)) }),
            ("adamw", 0.002, { .adamw(AdamWSpec(learningRate: $0)) }),
            ("lion", 0.0005, { .lion(LionSpec(learningRate: $0)) }),
        ]
    /// The training loss that the table gives the steps to.
    private static let goal = 0.1

    package static func report(on images: ImageSet, workers: Int) async throws -> Report {
        let samples = try images.samples()
        var runs: [Run] = []
        for (name, rate, spec) in optimizers {
            runs.append(try await setting(on: samples, name, spec(rate)).train(workers: workers))
        }
        var table = TextTable(
            words: ["optimizer"],
            numbers: [
                "learning rate", "steps to \(goal)", "train loss", "train accuracy", "test accuracy",
            ])
        for (run, optimizer) in zip(runs, optimizers) {
            table.append([
                run.name, String(optimizer.rate), run.stepsToReach(loss: goal).map(String.init) ?? "-",
                Text.loss(run.last.train.loss), Text.percent(run.last.train.accuracy),
                Text.percent(run.last.test.accuracy),
            ])
        }
        return Report(
            title:
                "Optimizers: a \(images.features)-64-64-10 net on \(images.title), from the same first weights",
            table: table, findings: findings(runs, goal: goal),
            figure: Figure(
                title: "Optimizers on \(images.title)",
                charts: [
                    chart("Training loss", .init("loss", .logarithmic), runs, \.train.loss),
                    chart("Test error", .init("part that is wrong", .logarithmic), runs) {
                        1 - $0.test.accuracy
                    },
                ]))
    }

    private static func setting(
        on samples: ImageSet.Samples, _ name: String, _ optimizer: OptimizerSpec
    ) -> Setting {
        let hidden = LayerSpec(.dense(DenseSpec(units: 64, activation: .relu)))
        return Setting(
            name, on: samples, layers: [hidden, hidden],
            optimizer: optimizer, training: TrainingSpec(length: .steps(900), batchSize: 32), scoreEvery: 10)
    }

    package static func findings(_ runs: [Run], goal: Double) -> [String] {
        guard let plain = runs.first else { return [] }
        let reached = runs.compactMap { run in
            run.stepsToReach(loss: goal).map { (name: run.name, steps: $0) }
        }
        let start: String
        if let least = reached.map(\.steps).min() {
            let fastest = reached.filter { $0.steps == least }.map(\.name)
            let plainSteps = plain.stepsToReach(loss: goal).map { "\($0)" } ?? "more than \(plain.last.step)"
            start =
                "\(fastest.joined(separator: " and ")) \(fastest.count == 1 ? "is" : "are") the first below a "
                + "training loss of \(goal), after \(least) steps, "
                + "where \(plain.name) takes \(plainSteps)"
        } else {
            start = "None comes below a training loss of \(goal)"
        }
        guard let lowest = runs.min(by: { $0.last.train.loss < $1.last.train.loss }) else { return [] }
        return [
            start + "; the lowest training loss at the end is that of \(lowest.name), "
                + "\(Text.loss(lowest.last.train.loss))."
        ]
    }
}
