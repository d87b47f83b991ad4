import Spec
import Testing

@Suite("--set arguments")
struct OverrideTests {
    private func job(_ overrides: String...) throws -> JobSpec {
        try JobSpec(yaml: exampleText, overrides: overrides)
    }

    @Test("replace values, add keys and reach into lists")
    func apply() throws {
        var expected = example
        expected.optimizer = .adam(.init(learningRate: 1e-4))
        #expect(try job("optimizer.adam.learning_rate=1e-4") == expected)
        #expect(try job("training.workers=2").training.workers == .count(2))
        #expect(try job("name=a=b".replacing("=b", with: "")).name == "a")
        for path in ["model.layers[0].dense.units", "model.layers.0.dense.units"] {
            expected = example
            expected.model.layers[0] = LayerSpec(.dense(.init(units: 64, activation: .relu)))
            #expect(try job("\(path)=64") == expected)
        }
        #expect(
            try job("data.validation={csv: {path: v.csv, label: y}}").data.validation
                == .source(.csv(.init(path: "v.csv", label: "y"))))
        #expect(
            try job("training={steps: 7}", "training.shards=2").training
                == TrainingSpec(length: .steps(7), shards: 2))
        #expect(try job("seed=1", "seed=2").seed == 2)
    }

    @Test("give parameters to a kind that was a bare word, and make mappings that are missing")
    func grow() throws {
        let text = Text().text
        #expect(
            try JobSpec(yaml: text, overrides: ["optimizer.sgd.learning_rate=0.5"]).optimizer
                == .sgd(.init(learningRate: 0.5)))
        #expect(
            try JobSpec(
                yaml: text, overrides: ["checkpoint.keep_best.metric=loss", "checkpoint.keep_best.mode=min"]
            )
            .checkpoint.keepBest == .init(metric: "loss", mode: .min))
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            (
                "optimzer.adam.learning_rate=1",
                "optimzer: unknown key `optimzer`, did you mean `optimizer`? allowed here: "
                    + "name, seed, data, model, loss, optimizer, schedule, training, metrics, checkpoint, "
                    + "restart, cluster"
            ),
            (
                "optimizer.adam.learning_rte=1",
                "optimizer.adam.learning_rte: unknown key `learning_rte`, did you mean `learning_rate`? "
                    + "allowed here: learning_rate, beta1, beta2, epsilon, weight_decay, decay_all"
            ),
            (
                "optimizer.adam.learning_rate=fast",
                "optimizer.adam.learning_rate: expected a finite number above 0, found \"fast\""
            ),
            (
                "optimizer.sgd.learning_rate=1", "optimizer: expected one optimizer, found `adam` and `sgd`"
            ),
            (
                "training.steps=5",
                "training.steps: expected exactly one of `epochs` and `steps`, found `epochs` and `steps`"
            ),
            (
                "training.shards=200",
                "training.shards: expected at most one shard a sample, 100 by `batch_size`, found 200"
            ),
            (
                "model.layers[9].dense.units=1",
                "model.layers: the list has 3 elements, so expected an index below 3"
            ),
            (
                "model.layers.first.dense.units=1",
                "model.layers: the list has 3 elements, so expected an index below 3"
            ),
            ("training[0]=1", "training: expected a list, found a mapping"),
            ("seed.x=1", "seed: expected an integer from 0 to 18446744073709551615, found a mapping"),
            ("training.workers", "expected KEY=VALUE, for example training.workers=2"),
            ("=2", "expected KEY=VALUE, for example training.workers=2"),
            ("training..workers=2", "expected KEY=VALUE, for example training.workers=2"),
            ("model.layers[x].dense=2", "expected KEY=VALUE, for example training.workers=2"),
            ("training.workers=", "training.workers: the value after `=` is missing"),
            (
                "training.workers=[1",
                "training.workers: not valid YAML: did not find expected ',' or ']' while parsing a "
                    + "flow sequence"
            ),
            (
                "training.workers=&a 1",
                "training.workers: anchors (`&name`) and aliases (`*name`) are not accepted; write the "
                    + "value out"
            ),
        ])
    func errors(argument: String, sentence: String) {
        #expect(
            problem(exampleText, file: "a.yaml", overrides: [argument]) == "--set \(argument): \(sentence)")
    }

    @Test("leave the file's own mistakes to the file")
    func fileErrors() {
        #expect(
            problem(text(\.seed, "seed: x"), file: "a.yaml", overrides: ["name=b"])
                == "a.yaml:2: seed: expected an integer from 0 to 18446744073709551615, found \"x\"")
    }
}
