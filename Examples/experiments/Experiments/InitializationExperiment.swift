import Charts
import Spec

/// What the scale of the first weights does to a deep net: Glorot & Bengio 2010; He et al. 2015, arXiv:1502.01852.
package enum InitializationExperiment: Experiment {
    package static let name = "initialization"
    package static let abstract =
        "First weights too small, too large and right, in a net of six hidden layers."

    private static let depth = 6
    private static let starts: [(name: String, spec: InitializerSpec)] = [
        ("zeros", .zeros), ("normal 0.01", .normal(deviation: 0.01)), ("normal 1", .normal(deviation: 1)),
        ("xavier", .xavierNormal), ("he", .heNormal),
    ]

    /// One net and what is seen of it.
    package struct Result {
        package var function: String
        package var start: String
        package var signal: Signal
        package var run: Run

        /// How much of the signal is left at the last hidden layer; nil when there was none to begin with.
        package var signalLeft: Double? {
            guard let first = signal.activations.first, let last = signal.activations.last, first > 0 else {
                return nil
            }
            return last / first
        }
    }

    package static func report(on images: ImageSet, workers: Int) async throws -> Report {
        let samples = try images.samples()
        var results: [Result] = []
        for (function, activation) in [("tanh", ActivationSpec.tanh), ("relu", .relu)] {
            for start in starts {
                let setting = setting(on: samples, activation, start)
                let signal = try Signal(setting)
                let run = try await setting.train(workers: workers)
                results.append(Result(function: function, start: start.name, signal: signal, run: run))
            }
        }
        return Report(
            title: "Initialization: \(depth) hidden layers of 64 units on \(images.title), SGD",
            table: table(results), findings: findings(results), figure: figure(results, images))
    }

    private static func setting(
        on samples: ImageSet.Samples, _ activation: ActivationSpec,
        _ start: (name: String, spec: InitializerSpec)
    ) -> Setting {
        let hidden = DenseSpec(units: 64, activation: activation, initializer: start.spec)
        return Setting(
            start.name, on: samples,
            layers: [LayerSpec](repeating: LayerSpec(.dense(hidden)), count: depth), output: start.spec,
            optimizer: .sgd(SGDSpec(learningRate: 0.05)),
            training: TrainingSpec(length: .steps(900), batchSize: 32), scoreEvery: 20)
    }

    private static func table(_ results: [Result]) -> TextTable {
        var table = TextTable(
            words: ["activation", "first weights"],
            numbers: [
                "std of layer 1", "std of layer \(depth)", "gradient of layer 1", "train loss",
                "train accuracy", "test accuracy",
            ])
        for result in results {
            let last = result.run.last
            table.append([
                result.function, result.start, Text.scale(result.signal.activations.first ?? 0),
                Text.scale(result.signal.activations.last ?? 0),
                Text.scale(result.signal.gradients.first ?? 0), Text.loss(last.train.loss),
                Text.percent(last.train.accuracy), Text.percent(last.test.accuracy),
            ])
        }
        return table
    }

    package static func findings(_ results: [Result]) -> [String] {
        ["tanh", "relu"].compactMap { function in
            let group = results.filter { $0.function == function }
            let byAccuracy = { (a: Result, b: Result) in rank(a) < rank(b) }
            guard let best = group.max(by: byAccuracy), let worst = group.min(by: byAccuracy)
            else { return nil }
            return "With \(function), \(described(best)); \(described(worst))."
        }
    }

    /// Accuracies in their order, those that are no number before all others.
    private static func rank(_ result: Result) -> Double {
        let accuracy = result.run.last.test.accuracy
        return accuracy.isNaN ? -1 : accuracy
    }

    private static func described(_ result: Result) -> String {
        let accuracy = result.run.last.test.accuracy
        let end =
            accuracy.isNaN
            ? "ends with a loss that is not finite" : "comes to \(Text.percent(accuracy)) on the test images"
        let signal =
            result.signalLeft.map {
                "passes on \(Text.scale($0)) times the first layer's signal to layer \(depth)"
            } ?? "passes on no signal at all"
        return "\"\(result.start)\" \(signal) and \(end)"
    }

    private static func figure(_ results: [Result], _ images: ImageSet) -> Figure {
        let functions = ["tanh", "relu"]
        let signals = functions.map { function in
            Chart(
                title: "\(function): the signal before training", x: .init("hidden layer"),
                y: .init("standard deviation of its output", .logarithmic),
                lines: lines(results, function) { result in
                    result.signal.activations.enumerated().map { Chart.Point(Double($0 + 1), $1) }
                })
        }
        let curves = functions.map { function in
            Chart(
                title: "\(function): training", x: .init("step"), y: .init("training loss", .logarithmic),
                lines: lines(results, function) { $0.run.points(\.train.loss) })
        }
        return Figure(title: "Initialization of a deep net on \(images.title)", charts: signals + curves)
    }

    private static func lines(
        _ results: [Result], _ function: String, points: (Result) -> [Chart.Point]
    ) -> [Chart.Line] {
        results.filter { $0.function == function }.enumerated().map { index, result in
            let points: [Chart.Point] = points(result)
            let name = points.allSatisfy { $0.y == 0 } ? result.start + " (is 0)" : result.start
            // The first two lie on each other where neither learns.
            return Chart.Line(name, color: index, isDashed: index == 1, points)
        }
    }
}
