import Spec
import Testing

@Suite("Reading a job file")
struct ReadingTests {
    @Test("reads the example of the manual")
    func readsExample() throws {
        #expect(try JobSpec(yaml: exampleText) == example)
    }

    @Test("fills in the defaults")
    func fillsDefaults() throws {
        let text = """
            data: {train: {csv: {path: wine.csv, label: quality}}}
            model: {input: [11], layers: [{dense: {units: 1}}]}
            loss: mean_squared_error
            optimizer: adam
            training: {epochs: 1}
            """
        let job = try JobSpec(yaml: text)
        #expect(job.name == "job")
        #expect(job.seed == 0)
        #expect(job.data.shuffle)
        #expect(job.data.scale == .none)
        #expect(job.data.validation == nil)
        #expect(job.data.train == .csv(.init(path: "wine.csv", label: "quality", header: true)))
        #expect(
            job.model.layers == [LayerSpec(.dense(.init(units: 1, initializer: .xavierNormal, bias: true)))])
        #expect(
            job.optimizer
                == .adam(.init(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0)))
        #expect(job.training == TrainingSpec(length: .epochs(1), batchSize: 32, shards: nil, workers: .auto))
        #expect(job.checkpoint == CheckpointSpec(everySteps: nil, keepLast: 3, keepBest: nil))
    }

    @Test("reads every kind of layer, with its name beside the kind or inside it")
    func readsLayers() throws {
        let model = """
            model:
              input: [1, 28, 28]
              layers:
                - flatten
                - {dense: {units: 3, bias: false, init: zeros, name: hidden}}
                - relu
                - tanh: {}
                - {sigmoid: {}, name: squash}
                - name: head
                  sequential:
                    - dense: {units: 2, activation: tanh}
                    - relu: {name: last}
            """
        let layers = try JobSpec(yaml: text(\.model, model)).model.layers
        #expect(
            layers == [
                LayerSpec(.flatten),
                LayerSpec(name: "hidden", .dense(.init(units: 3, initializer: .zeros, bias: false))),
                LayerSpec(.activation(.relu)),
                LayerSpec(.activation(.tanh)),
                LayerSpec(name: "squash", .activation(.sigmoid)),
                LayerSpec(
                    name: "head",
                    .sequential([
                        LayerSpec(.dense(.init(units: 2, activation: .tanh, initializer: .xavierNormal))),
                        LayerSpec(name: "last", .activation(.relu)),
                    ])),
            ])
    }

    @Test("reads every kind of source, scaling and optimizer")
    func readsVariants() throws {
        let data = """
            data:
              train: {idx: {images: i, labels: l}}
              validation: {csv: {path: v.csv, label: 3, header: false}}
              scale: standardize
              shuffle: false
            """
        let job = try JobSpec(yaml: text(\.data, data))
        #expect(job.data.validation == .source(.csv(.init(path: "v.csv", label: "3", header: false))))
        #expect(job.data.scale == .standardize)
        #expect(!job.data.shuffle)
        #expect(
            try JobSpec(yaml: text(\.optimizer, "optimizer: sgd")).optimizer
                == .sgd(.init(learningRate: 0.01)))
        let momentum = "optimizer: {momentum: {learning_rate: .5, momentum: 0, weight_decay: 1E-4}}"
        #expect(
            try JobSpec(yaml: text(\.optimizer, momentum)).optimizer
                == .momentum(.init(learningRate: 0.5, momentum: 0, weightDecay: 0.0001)))
        let training = try JobSpec(
            yaml: text(\.training, "training: {steps: 9, workers: 2, on_nonfinite: skip}"))
        #expect(
            training.training == TrainingSpec(length: .steps(9), workers: .count(2), onNonfinite: .skip))
    }

    @Test("the bounds of every range are inside it")
    func acceptsBounds() {
        let accepted = [
            text(\.seed, "seed: 18446744073709551615"),
            text(\.name, "name: \(String(repeating: "a", count: 64))"),
            text(\.name, "name: v1.0_rc-2"),
            text(\.name, "name: \"007b\""),
            text(\.model, "model: {input: [1,1,1,1,1,1,1,4], layers: [flatten, {dense: {units: 2}}]}"),
            text(\.training, "training: {steps: 1, batch_size: 1024, shards: 1024, workers: 1024}"),
            text(\.training, "training: {epochs: 1, batch_size: 1, shards: 1, workers: 1}"),
            text(\.optimizer, "optimizer: {adam: {beta1: 0, beta2: 0.9999999, weight_decay: 0}}"),
            text(\.checkpoint, "checkpoint: {every_steps: 1, keep_last: 1}"),
        ]
        for text in accepted { #expect(problem(text) == nil) }
    }

    @Test("JSON is read like YAML, without a space behind colons too")
    func readsJSON() throws {
        let json = """
            {"data":{"train":{"csv":{"path":"a\\u0020b.csv","label":"y"}}},
            \t"model":{"input":[4],"layers":["relu",{"dense":{"units":3}}]},"loss":"softmax_cross_entropy",
            "optimizer":"sgd","training":{"steps":5}}
            """
        let job = try JobSpec(yaml: json)
        #expect(job.data.train == .csv(.init(path: "a b.csv", label: "y")))
        #expect(job.training.length == .steps(5))
    }

    @Test("a byte order mark, Windows line ends and an ampersand in a name do no harm")
    func readsOddText() throws {
        let windows = "\u{FEFF}" + exampleText.split(separator: "\n").joined(separator: "\r\n")
        #expect(try JobSpec(yaml: windows) == example)
        let data = "data: {train: {csv: {path: R&D/salt & pepper/é&a.csv, label: y}}}"
        let job = try JobSpec(yaml: text(\.data, data))
        #expect(job.data.train == .csv(.init(path: "R&D/salt & pepper/é&a.csv", label: "y")))
    }
}
