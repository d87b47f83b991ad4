import Spec
import Testing

@Suite("Rules between the parts of a job")
struct RuleTests {
    @Test("shards are at most the samples of a step")
    func shards() {
        #expect(
            problem(text(\.training, "training:\n  steps: 5\n  shards: 33"))
                == "line 9: training.shards: expected at most one shard a sample, 32 by `batch_size`, "
                + "found 33"
        )
    }

    @Test("the metric of the best checkpoint is one that the job produces")
    func metrics() {
        let best = "checkpoint: {keep_best: {metric: val_loss, mode: min}}"
        #expect(
            problem(text(\.checkpoint, best))
                == "line 8: checkpoint.keep_best.metric: `val_loss` needs `data.validation`, which the "
                + "job does not "
                + "have")
        var regression = Text()
        regression.model = "model: {input: [4], layers: [{dense: {units: 1}}]}"
        regression.loss = "loss: mean_squared_error"
        regression.checkpoint = "checkpoint: {keep_best: {metric: accuracy, mode: max}}"
        #expect(
            problem(regression.text)
                == "line 8: checkpoint.keep_best.metric: unknown metric `accuracy`; allowed here: loss, val_loss"
        )
        regression.checkpoint = "checkpoint: {keep_best: {metric: loss, mode: min}}"
        #expect(problem(regression.text) == nil)
    }

    @Test("pictures are grey or in colour, and as large as the model's input")
    func images() {
        func problem(_ images: String, input: String) -> String? {
            var job = Text()
            job.data = "data: {train: {images: {directory: a, \(images)}}}"
            job.model = "model: {input: \(input), layers: [flatten, {dense: {units: 3}}]}"
            return SpecTests.problem(job.text)
        }
        #expect(problem("size: [4, 6]", input: "[3, 4, 6]") == nil)
        #expect(problem("size: 5, channels: 1", input: "[25]") == nil)
        #expect(
            problem("size: [4, 6], channels: 2", input: "[2, 4, 6]")
                == "line 3: data.train.images.channels: expected 1 for shades of grey or 3 for colour, found 2"
        )
        #expect(
            problem("size: [4, 6]", input: "[1, 4, 6]")
                == "line 3: data.train.images.size: pictures of 3 x 4 x 6 have 72 values, and `model.input` [1, 4, 6] "
                + "takes 24")
        #expect(
            problem("channels: 1", input: "[25]")
                == "line 3: data.train.images.size: the key is missing; expected an integer from 1 to 4096, or a list of "
                + "2 integers")
    }

    @Test("only an array's file says how many columns of labels there are")
    func arrays() {
        var job = Text()
        job.data = "data: {train: {npz: {path: a.npz, features: x, labels: y}}}"
        #expect(problem(job.text) == nil)
        job.loss = "loss: mean_squared_error"
        #expect(problem(job.text) == nil)
        job.data = "data: {train: {npz: {path: a.npz, features: x}}}"
        #expect(
            problem(job.text)
                == "line 3: data.train.npz.labels: the key is missing; expected the name of a column or its index, counted "
                + "from 0")
    }

    @Test("layer names are unique within their list once indices are filled in")
    func layerNames() {
        #expect(
            problem(layers("- {relu: {}, name: a}\n    - {dense: {units: 2}, name: a}"))
                == "line 8: model.layers[1].name: expected a name of its own; layer 0 is called `a` too")
        #expect(
            problem(layers("- {relu: {}, name: \"1\"}\n    - dense: {units: 2}"))
                == "line 7: model.layers[0].name: digits stand for a layer's index, which is 0 here; "
                + "found `1`"
        )
        #expect(problem(layers("- {relu: {}, name: \"0\"}\n    - {dense: {units: 2, name: a}}")) == nil)
        #expect(
            problem(
                layers("- {dense: {units: 2}, name: a}\n    - {sequential: [{tanh: {}, name: a}], name: b}"))
                == nil)
        #expect(
            problem(layers("- sequential:\n      - {dense: {units: 2, name: a}}\n      - {tanh: {name: a}}"))
                == "line 9: model.layers[0].sequential[1].name: expected a name of its own; "
                + "layer 0 is called `a` too")
    }

    @Test("something is left to train, however deep it lies")
    func frozen() {
        let nothing =
            "model.layers: there is nothing to train; all layers with parameters are frozen"
        for frozen in [
            "- {dense: {units: 3}, frozen: true}\n    - relu",
            "- {sequential: [{dense: {units: 3}}], frozen: true}",
            "- sequential: [{dense: {units: 3, frozen: true}}, tanh]",
            "- {lstm: {units: 3, frozen: true}}",
        ] {
            let input = frozen.contains("lstm") ? "[2, 4]" : "[4]"
            let text = layers(frozen).replacing("[4]", with: input, maxReplacements: 1)
            #expect(problem(text)?.hasSuffix(nothing) == true, "\(frozen)")
        }
        #expect(
            problem(layers("- {dense: {units: 3}, frozen: true}\n    - sequential: [{dense: {units: 3}}]"))
                == nil
        )
    }

    @Test("the layers of stacks count, and are not listed before they are counted", .timeLimit(.minutes(15)))
    func stacks() {
        for (word, keys) in [
            ("rnn", "units: 1, return_sequences: true"), ("transformer_encoder", "heads: 1, feed_forward: 1"),
        ] {
            let stack = "- {\(word): {\(keys), layers: 1024}}\n    "
            func problem(_ first: String, stacks: Int) -> String? {
                let list =
                    first + String(repeating: stack, count: stacks) + "- last_step\n    - dense: {units: 3}"
                return SpecTests.problem(layers(list).replacing("[4]", with: "[2, 1]", maxReplacements: 1))
            }
            #expect(problem("", stacks: 3) == nil)
            #expect(
                problem("", stacks: 4) == "line 11: model.layers[4]: the model has more than 4096 layers")
            #expect(
                problem("- tanh\n    ", stacks: 4)
                    == "line 11: model.layers[4].\(word): with this stack the model has more than 4096 layers"
            )
        }
    }

    /// A job with these layers, of which the first stands on line 7.
    private func layers(_ layers: String) -> String {
        text(\.model, "model:\n  input: [4]\n  layers:\n    " + layers)
    }

    @Test("a table without a header names its label by index")
    func labelIndex() {
        #expect(
            problem(text(\.data, "data: {train: {csv: {path: a.csv, label: y, header: false}}}"))
                == "line 3: data.train.csv.label: without a header the label is a column's index, "
                + "counted from 0; "
                + "found \"y\"")
    }

    @Test("a job made in code is held to the same rules")
    func validate() throws {
        try example.validate()
        var job = example
        job.training.batchSize = 0
        #expect(
            throws: SpecError(key: "training.batch_size", "expected an integer of at least 1, found 0")
        ) { try job.validate() }
        job = example
        job.optimizer = .sgd(.init(learningRate: .infinity))
        #expect(
            throws: SpecError(
                key: "optimizer.sgd.learning_rate",
                "expected a finite number above 0, found the string \"inf\"")
        ) { try job.validate() }
    }
}
