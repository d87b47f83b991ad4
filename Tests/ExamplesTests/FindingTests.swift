import Parallel
import Spec
import Testing
import experiments

@Suite("What the experiments say", .timeLimit(.minutes(15)))
struct FindingTests {
    private func run(_ name: String, _ losses: [Double], test: [Double], accuracy: Double = 0.9) -> Run {
        let scores = zip(losses, test).enumerated().map { index, loss in
            Score(
                step: (index + 1) * 10,
                train: Measure(samples: 100, loss: loss.0, accuracy: 1),
                test: Measure(samples: 50, loss: loss.1, accuracy: accuracy), weightNorm: 3)
        }
        return Run(name: name, scores: scores, outcome: .completed)
    }

    @Test("steps are counted to the first score below the goal")
    func steps() {
        #expect(run("a", [1, 0.1, 0.05, 0.2], test: [1, 1, 1, 1]).stepsToReach(loss: 0.1) == 30)
        #expect(run("a", [0.01], test: [1]).stepsToReach(loss: 0.1) == 10)
        #expect(run("a", [0.5, .nan], test: [1, 1]).stepsToReach(loss: 0.1) == nil)
    }

    @Test("optimizers: the fastest and the lowest are those of the numbers")
    func optimizers() {
        let runs = [
            run("sgd", [1, 0.5, 0.09], test: [1, 1, 1]), run("fast", [1, 0.05, 0.05], test: [1, 1, 1]),
            run("low", [1, 0.5, 0.01], test: [1, 1, 1]),
        ]
        #expect(
            OptimizerExperiment.findings(runs, goal: 0.1) == [
                "fast is the first below a training loss of 0.1, after 20 steps, where sgd takes 30; the lowest "
                    + "training loss at the end is that of low, 0.01."
            ])
        #expect(
            OptimizerExperiment.findings(Array(runs.prefix(1)), goal: 0.01) == [
                "None comes below a training loss of 0.01; the lowest training loss at the end is that of sgd, 0.09."
            ])
    }

    @Test("L2: a decay that does not help is not praised")
    func decay() {
        let plain = run("0", [0.001], test: [0.5], accuracy: 0.85)
        let good = run("0.1", [0.2], test: [0.4], accuracy: 0.9)
        let bad = run("1", [2], test: [2.5], accuracy: 0.3)
        #expect(
            L2Experiment.findings([plain, good, bad]) == [
                "A decay of 0.1 brings the test loss from 0.5 to 0.4 and the test accuracy from 85.0 % to 90.0 %; "
                    + "with 1 the training loss is 2 in the place of 0.001, and the weights' norm 3 in the place of 3."
            ])
        #expect(
            L2Experiment.findings([plain, bad])[0].hasPrefix(
                "No decay brings the test loss below that of none, 0.5; "))
    }

    @Test("a net's scores are the same at any number of workers, and every time")
    func sameNumbers() async throws {
        let images = ImageSet.digits(in: examples)
        let setting = Setting(
            "small", on: try images.samples(training: 140),
            layers: [LayerSpec(.dense(DenseSpec(units: 16, activation: .tanh)))],
            optimizer: .sgd(SGDSpec(learningRate: 0.1)),
            training: TrainingSpec(length: .steps(15), batchSize: 32), scoreEvery: 5)
        let scores = try await setting.train(workers: 1).scores
        #expect(scores.map(\.step) == [5, 10, 15])
        #expect(scores.allSatisfy { $0.train.samples == 140 && $0.test.samples == 360 })
        for workers in [1, 2, 3] { #expect(try await setting.train(workers: workers).scores == scores) }
        #expect(scores[2].train.loss < scores[0].train.loss)
    }

    @Test("the signal of a net: zeros pass nothing on, and too large weights fill a tanh")
    func signal() throws {
        let images = ImageSet.digits(in: examples)
        func signal(_ start: InitializerSpec) throws -> Signal {
            let layer = LayerSpec(.dense(DenseSpec(units: 32, activation: .tanh, initializer: start)))
            let setting = Setting(
                "net", on: try images.samples(), layers: [layer, layer, layer],
                output: start, optimizer: .sgd(SGDSpec(learningRate: 0.1)),
                training: TrainingSpec(length: .steps(1)), scoreEvery: 1)
            return try Signal(setting)
        }
        let none = try signal(.zeros)
        #expect(none.activations == [0, 0, 0])
        #expect(none.gradients == [0, 0, 0, 0])
        let large = try signal(.normal(deviation: 4))
        #expect(large.activations.count == 3 && large.gradients.count == 4)
        // tanh of large numbers is 1 or -1.
        for deviation in large.activations { #expect(deviation > 0.9 && deviation <= 1) }
    }
}
