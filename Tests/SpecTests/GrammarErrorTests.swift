import Spec
import Testing

/// A job with one line replaced, and what is said about it.
struct Refusal: Sendable {
    let text: String
    let sentence: String

    /// - Parameters:
    ///   - replacement: Stands for the line with the same key, else for the last.
    ///   - problem: Without its line.
    init(_ replacement: String, _ problem: String) {
        let key = replacement.prefix { $0 != ":" } + ":"
        var lines = Text().text.split(separator: "\n").map(String.init)
        let place = lines.firstIndex { $0.hasPrefix(key) } ?? lines.count - 1
        lines[place] = replacement
        text = lines.joined(separator: "\n")
        sentence = "line \(place + 1): \(problem)"
    }
}

@Suite("Sentences about what the grammar refuses")
struct GrammarErrorTests {
    @Test("unknown keys, with the nearest known one and all that are allowed")
    func unknownKeys() {
        #expect(
            problem(text(\.optimizer, "optimizer:\n  adam: {lerning_rate: 1}"), file: "job.yaml")
                == "job.yaml:7: optimizer.adam.lerning_rate: unknown key `lerning_rate`, did you mean "
                + "`learning_rate`? allowed here: learning_rate, beta1, beta2, epsilon, weight_decay, "
                + "decay_all")
        #expect(
            problem(text(\.checkpoint, "checkpoint: {zzzzz: 1}"))
                == "line 8: checkpoint.zzzzz: unknown key `zzzzz`; allowed here: every_steps, "
                + "every_seconds, keep_last, keep_every, keep_best"
        )
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [{dens: {units: 3}}]}"))
                == "line 4: model.layers[0].dens: unknown layer `dens`, did you mean `dense`?")
        #expect(
            problem(text(\.optimizer, "optimizer: adma"))
                == "line 6: optimizer: unknown optimizer `adma`, did you mean `adam`? allowed here: "
                + "sgd, momentum, nesterov, rmsprop, adagrad, adadelta, adam, amsgrad, adamw, lion")
        #expect(
            problem(text(\.loss, "loss: softmax_crossentropy"))
                == "line 5: loss: unknown loss `softmax_crossentropy`, did you mean `softmax_cross_entropy`? "
                + "allowed here: softmax_cross_entropy, binary_cross_entropy, mean_squared_error, "
                + "mean_absolute_error, huber, negative_log_likelihood, kl_divergence")
        #expect(
            problem(text(\.checkpoint, "checkpoint: {<<: {keep_last: 1}}"))
                == "line 8: checkpoint.<<: unknown key `<<`; allowed here: every_steps, "
                + "every_seconds, keep_last, keep_every, keep_best")
    }

    @Test("a key that the terminal should not see is printed escaped and cut")
    func hostileKeys() {
        #expect(
            problem(text(\.checkpoint, "checkpoint: {\"\\e[31m\(String(repeating: "x", count: 99))\": 1}"))
                == "line 8: checkpoint.\\u{1b}[31m\(String(repeating: "x", count: 35))…: unknown key "
                + "`\\u{1b}[31m\(String(repeating: "x", count: 35))…`; allowed here: every_steps, "
                + "every_seconds, keep_last, keep_every, keep_best")
    }

    @Test(
        "what the format names and this version lacks",
        arguments: [
            Refusal(
                "optimizer: {nadam: {learning_rate: 1}}",
                "optimizer.nadam: `nadam` optimizers are not available in this version; available: "
                    + "sgd, momentum, nesterov, rmsprop, adagrad, adadelta, adam, amsgrad, adamw, lion"
            ),
            Refusal(
                "loss: hinge",
                "loss: `hinge` losses are not available in this version; available: "
                    + "softmax_cross_entropy, binary_cross_entropy, mean_squared_error, mean_absolute_error, huber, "
                    + "negative_log_likelihood, kl_divergence"
            ),
            Refusal(
                "training: {steps: 1, on_nonfinite: rollback}",
                "training.on_nonfinite: `rollback` policies are not available in this version; available: "
                    + "stop, skip"
            ),
        ])
    func unavailable(refusal: Refusal) {
        #expect(problem(refusal.text) == refusal.sentence)
    }

    @Test(
        "values of the wrong type or out of range",
        arguments: [
            Refusal(
                "training: {steps: abc}", "training.steps: expected an integer of at least 1, found \"abc\""),
            Refusal("training: {steps: 0}", "training.steps: expected an integer of at least 1, found 0"),
            Refusal("training: {steps: -5}", "training.steps: expected an integer of at least 1, found -5"),
            Refusal("training: {steps: 1.5}", "training.steps: expected an integer of at least 1, found 1.5"),
            Refusal("training: {steps: 1e3}", "training.steps: expected an integer of at least 1, found 1e3"),
            Refusal(
                "training: {steps: 0x10}", "training.steps: expected an integer of at least 1, found \"0x10\""
            ),
            Refusal(
                "training: {steps: \"5\"}",
                "training.steps: expected an integer of at least 1, found the string \"5\""
            ),
            Refusal(
                "training: {steps: true}", "training.steps: expected an integer of at least 1, found true"),
            Refusal(
                "training: {steps: }", "training.steps: expected an integer of at least 1, found nothing"),
            Refusal(
                "training: {steps: [1]}", "training.steps: expected an integer of at least 1, found a list"),
            Refusal(
                "training: {steps: {a: 1}}",
                "training.steps: expected an integer of at least 1, found a mapping"),
            Refusal(
                "training: {steps: 99999999999999999999999}",
                "training.steps: expected an integer of at least 1, found 99999999999999999999999"
            ),
            Refusal(
                "training: {steps: 1000000001}",
                "training.steps: expected an integer of at most 1000000000, found 1000000001"
            ),
            Refusal(
                "training: {steps: 1, batch_size: 0}",
                "training.batch_size: expected an integer of at least 1, found 0"
            ),
            Refusal(
                "training: {steps: 1, shards: 1025}",
                "training.shards: expected an integer from 1 to 1024, found 1025"
            ),
            Refusal(
                "training: {steps: 1, workers: all}",
                "training.workers: expected an integer from 1 to 1024 or `auto`, found \"all\""
            ),
            Refusal(
                "training: {steps: 1, epochs: 1}",
                "training.epochs: expected exactly one of `epochs` and `steps`, found `steps` and `epochs`"
            ),
            Refusal("training: {}", "training: expected exactly one of `epochs` and `steps`, found neither"),
            Refusal(
                "training: 5",
                "training: expected a mapping with the keys epochs, steps, batch_size, shards, workers, "
                    + "on_nonfinite, clip_norm, clip_value, ema, early_stopping, found 5"
            ),
            Refusal(
                "optimizer: {sgd: {learning_rate: 0}}",
                "optimizer.sgd.learning_rate: expected a finite number above 0, found 0"),
            Refusal(
                "optimizer: {sgd: {learning_rate: .inf}}",
                "optimizer.sgd.learning_rate: expected a finite number above 0, found .inf"
            ),
            Refusal(
                "optimizer: {sgd: {learning_rate: .nan}}",
                "optimizer.sgd.learning_rate: expected a finite number above 0, found .nan"
            ),
            Refusal(
                "optimizer: {sgd: {learning_rate: 1e999}}",
                "optimizer.sgd.learning_rate: expected a finite number above 0, found 1e999"
            ),
            Refusal(
                "optimizer: {sgd: {learning_rate: infinity}}",
                "optimizer.sgd.learning_rate: expected a finite number above 0, found \"infinity\""
            ),
            Refusal(
                "optimizer: {sgd: {weight_decay: -1}}",
                "optimizer.sgd.weight_decay: expected a finite number of at least 0, found -1"
            ),
            Refusal(
                "optimizer: {momentum: {momentum: 1}}",
                "optimizer.momentum.momentum: expected a number of at least 0 and below 1, found 1"
            ),
            Refusal(
                "optimizer: {adam: {epsilon: 0}}",
                "optimizer.adam.epsilon: expected a finite number above 0, found 0"
            ),
            Refusal(
                "optimizer: {sgd: {}, adam: {}}",
                "optimizer: expected one optimizer, found `sgd` and "
                    + "`adam`"),
            Refusal(
                "optimizer: {}",
                "optimizer: expected one of sgd, momentum, nesterov, rmsprop, adagrad, adadelta, adam, amsgrad, adamw, lion, "
                    + "found none of them"),
            Refusal(
                "optimizer: 3",
                "optimizer: expected one of sgd, momentum, nesterov, rmsprop, adagrad, adadelta, adam, amsgrad, adamw, lion, "
                    + "found 3"),
            Refusal("seed: -1", "seed: expected an integer from 0 to 18446744073709551615, found -1"),
            Refusal(
                "seed: 18446744073709551616",
                "seed: expected an integer from 0 to 18446744073709551615, found 18446744073709551616"
            ),
            Refusal(
                "checkpoint: {keep_last: 0}",
                "checkpoint.keep_last: expected an integer of at least 1, found 0"),
            Refusal(
                "checkpoint: {keep_best: {metric: 3, mode: max}}",
                "checkpoint.keep_best.metric: expected the name of a metric, found 3"
            ),
            Refusal(
                "checkpoint: {keep_best: {metric: loss}}",
                "checkpoint.keep_best.mode: the key is missing; expected one of min, max"
            ),
        ])
    func wrongValues(refusal: Refusal) {
        #expect(problem(refusal.text) == refusal.sentence)
    }

    @Test("names, data and models of the wrong form")
    func wrongForms() {
        let name =
            "expected a name of 1 to 64 letters, digits, `.`, `_` and `-` that does not start with `.` or "
            + "`-` and is not digits alone, found"
        #expect(problem(text(\.name, "name: \"123\"")) == "line 1: name: \(name) the string \"123\"")
        #expect(problem(text(\.name, "name: 123")) == "line 1: name: \(name) 123")
        #expect(problem(text(\.name, "name: .a")) == "line 1: name: \(name) \".a\"")
        #expect(problem(text(\.name, "name: -a")) == "line 1: name: \(name) \"-a\"")
        #expect(problem(text(\.name, "name: a/b")) == "line 1: name: \(name) \"a/b\"")
        #expect(problem(text(\.name, "name: é")) == "line 1: name: \(name) \"é\"")
        #expect(
            problem(text(\.data, "data: {train: {csv: {path: a, label: y, header: yes}}}"))
                == "line 3: data.train.csv.header: expected true or false, found \"yes\"")
        #expect(
            problem(text(\.data, "data: {train: {csv: {path: a, label: y}}, scale: {divide: 0}}"))
                == "line 3: data.scale.divide: expected a finite number other than 0, found 0")
        #expect(
            problem(text(\.data, "data: {train: {csv: {path: a, label: y}}, validation: {fraction: 1}}"))
                == "line 3: data.validation.fraction: expected a number between 0 and 1, both excluded, "
                + "found 1"
        )
        #expect(
            problem(text(\.data, "data: {train: {csv: {path: \"\", label: y}}}"))
                == "line 3: data.train.csv.path: expected a path of 1 to 4096 bytes, found the string \"\"")
        #expect(
            problem(text(\.data, "data: {train: {idx: {images: a}}}"))
                == "line 3: data.train.idx.labels: the key is missing; expected a path of 1 to 4096 bytes")
        #expect(
            problem(text(\.data, "data: {train: {csv: {path: a, label: y}}, scale: divide}"))
                == "line 3: data.scale.divide: expected a finite number other than 0, found nothing")
        #expect(
            problem(text(\.model, "model: {input: [4], layers: []}"))
                == "line 4: model.layers: expected from 1 to 4096 layers, found 0")
        #expect(
            problem(text(\.model, "model: {input: [4, 0], layers: [relu]}"))
                == "line 4: model.input[1]: expected an integer of at least 1, found 0")
        #expect(
            problem(text(\.model, "model: {input: [1, 1, 1, 1, 1, 1, 1, 1, 1], layers: [relu]}"))
                == "line 4: model.input: expected from 1 to 8 sizes, found 9")
        #expect(
            problem(text(\.model, "model: {input: 4, layers: [relu]}"))
                == "line 4: model.input: expected a list of sizes, found 4")
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [dense]}"))
                == "line 4: model.layers[0].dense.units: the key is missing; "
                + "expected an integer from 1 to 10000000")
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [{dense: {units: 10000001}}]}"))
                == "line 4: model.layers[0].dense.units: expected an integer from 1 to 10000000, found "
                + "10000001"
        )
        #expect(
            problem(text(\.model, "model:\n  input: [4]\n  layers:\n    - dense:\n      units: 3"))
                == "line 7: model.layers[0].dense: expected a mapping with the keys units, activation, "
                + "init, bias, "
                + "name, frozen, weight_decay, found nothing")
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [{name: a}]}"))
                == "line 4: model.layers[0]: expected one of dense, conv1d, conv2d, conv_transpose2d, max_pool1d, "
                + "max_pool2d, avg_pool1d, avg_pool2d, global_max_pool1d, global_max_pool2d, global_avg_pool1d, "
                + "global_avg_pool2d, batch_norm, layer_norm, group_norm, rms_norm, dropout, flatten, reshape, "
                + "permute, embedding, rnn, lstm, gru, attention, multi_head_attention, transformer_encoder, "
                + "positional_encoding, last_step, average_steps, residual, sequential, relu, leaky_relu, elu, gelu, gelu_tanh, silu, softplus, tanh, "
                + "sigmoid, hard_sigmoid, hard_tanh, hard_swish, softmax, log_softmax, found none of them")
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [{name: a, dense: {units: 3, name: b}}]}"))
                == "line 4: model.layers[0].name: `name` is given both beside `dense` and inside it; "
                + "keep one"
        )
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [{name: a.b, dense: {units: 3}}]}"))
                == "line 4: model.layers[0].name: expected a name of 1 to 64 letters, digits, `_` and `-`, "
                + "found \"a.b\"")
        #expect(
            problem(text(\.loss, "")) == "line 1: loss: the key is missing; expected one of "
                + "softmax_cross_entropy, binary_cross_entropy, mean_squared_error, mean_absolute_error, huber, "
                + "negative_log_likelihood, kl_divergence")
    }

    @Test("of several problems the first in the file is reported")
    func firstInFile() {
        var lines = Text()
        lines.training = "training: {steps: 0}"
        lines.optimizer = "optimzer: sgd"
        lines.loss = ""
        #expect(
            problem(lines.text)
                == "line 6: optimzer: unknown key `optimzer`, did you mean `optimizer`? allowed here: "
                + "name, seed, data, model, loss, optimizer, schedule, training, metrics, checkpoint, restart, "
                + "cluster"
        )
        lines.seed = "seed: x"
        #expect(
            problem(lines.text)
                == "line 2: seed: expected an integer from 0 to 18446744073709551615, found \"x\"")
    }
}
