import Foundation
import Spec
import Testing

@Suite("Canonical JSON")
struct CanonicalTests {
    @Test("of the example, byte for byte")
    func exampleBytes() {
        let json =
            #"{"checkpoint":{"every_steps":500,"keep_best":{"metric":"val_accuracy","mode":"max"},"#
            + #""keep_last":3},"#
            + #""data":{"scale":{"divide":255},"shuffle":true,"#
            + #""test":{"idx":{"images":"t10k-images-idx3-ubyte.gz","#
            + #""labels":"t10k-labels-idx1-ubyte.gz"}},"#
            + #""train":{"idx":{"images":"train-images-idx3-ubyte.gz","#
            + #""labels":"train-labels-idx1-ubyte.gz"}},"validation":{"fraction":0.1}},"#
            + #""loss":"softmax_cross_entropy","model":{"initial_weights":"weights.safetensors","#
            + #""input":[784],"#
            + #""layers":[{"dense":{"activation":"relu","bias":true,"init":"he_normal","units":500}},"#
            + #"{"dense":{"activation":"relu","bias":true,"init":"he_normal","units":200}},"#
            + #"{"dense":{"bias":true,"init":"xavier_normal","units":10}}]},"name":"fashion-mlp","#
            + #""optimizer":{"adam":{"beta1":0.9,"beta2":0.999,"decay_all":false,"epsilon":1e-08,"#
            + #""learning_rate":0.001,"weight_decay":0}},"#
            + #""schedule":{"cosine":{"end_factor":0,"warmup_steps":200}},"#
            + #""seed":42,"training":{"batch_size":100,"epochs":10,"on_nonfinite":"stop","#
            + #""shards":4,"workers":"auto"}}"#
        #expect(example.canonicalJSON == json)
    }

    /// Jobs that use every part of the format.
    static let jobs: [JobSpec] = {
        var odd = example
        odd.seed = .max
        odd.data.train = .csv(
            .init(
                path: "a \"b\"\\c\n\t\u{7F}\u{85}\u{2028}\u{FEFF}\u{FFFF}é😀&x *y #z", label: "7",
                header: false))
        odd.data.validation = .source(.csv(.init(path: "true", label: "null")))
        odd.data.test = nil
        odd.data.scale = .standardize
        odd.data.shuffle = false
        odd.model.layers =
            [
                LayerSpec(name: "0", .activation(.sigmoid)), LayerSpec(.flatten),
                LayerSpec(
                    name: "s",
                    .sequential([
                        LayerSpec(
                            name: "x", .dense(.init(units: 2, initializer: .xavierUniform, bias: false))),
                        LayerSpec(.sequential([LayerSpec(.activation(.tanh))])),
                    ])),
            ]
        odd.model.initialWeights = nil
        odd.optimizer = .momentum(
            .init(learningRate: .leastNonzeroMagnitude, momentum: 0.1 + 0.2, weightDecay: 1e22))
        odd.training = TrainingSpec(length: .steps(3), batchSize: 7, workers: .count(3), onNonfinite: .skip)
        odd.checkpoint = CheckpointSpec()
        var sgd = example
        sgd.data.train = .csv(.init(path: "t.csv", labels: ["a", "b c", "3"]))
        sgd.data.test = nil
        sgd.model.layers = [LayerSpec(.dense(.init(units: 3, initializer: .zeros)))]
        sgd.loss = .huber(delta: 1e-3)
        sgd.metrics = [.mae, .r2]
        sgd.checkpoint.keepBest = .init(metric: "val_r2", mode: .max)
        sgd.data.scale = .divide(-.greatestFiniteMagnitude)
        sgd.optimizer = .sgd(.init(learningRate: 123_456_789.125))
        let layers = LayerFormatTests.kinds.map { layer in
            var job = example
            job.model = ModelSpec(
                input: [6],
                layers: [LayerSpec(layer.kind), LayerSpec(.flatten), LayerSpec(.dense(.init(units: 3)))])
            return job
        }
        var arrays = example
        arrays.data.train = .npy(.init(features: "x.npy", labels: "y.npy.gz"))
        arrays.data.validation = .source(.npz(.init(path: "m.npz", features: "x_train", labels: "7")))
        arrays.data.test = .images(.init(directory: "flowers", size: [28, 28], channels: 1))
        return [example, odd, sgd, arrays] + layers + optimizers + schedules
    }()

    private static let optimizers: [JobSpec] = {
        let specs: [OptimizerSpec] = [
            .nesterov(.init(momentum: 0.5, decaysAll: true)),
            .rmsprop(.init(decay: 0.5, momentum: 0.25, epsilon: 1e-3, epsilonInRoot: true)),
            .adagrad(.init(learningRate: 2, epsilon: 1e-300, weightDecay: 1)),
            .adadelta(.init(decay: 0, epsilon: 1)), .amsgrad(.init(beta1: 0, decaysAll: true)),
            .adamw(.init(beta2: 0.5, weightDecay: 0)), .lion(.init(beta1: 0.5, weightDecay: 3)),
        ]
        return specs.map { optimizer in
            var job = example
            job.optimizer = optimizer
            return job
        }
    }()

    private static let schedules: [JobSpec] = {
        let curves: [ScheduleSpec.Curve] = [
            .constant, .step(.init(every: .steps(7), factor: 0.5)), .step(.init(every: .epochs(1))),
            .exponential(.init(every: .epochs(2), factor: 0.9)),
            .exponential(.init(every: .steps(1), factor: 0.999)),
            .polynomial(.init(power: 0.5, endFactor: 0.25)), .cosine(.init(endFactor: 0.5)),
            .oneCycle(.init(peak: 0.5, startFactor: 0.1, finalFactor: 0)), .reduceOnPlateau(.init()),
            .reduceOnPlateau(
                .init(
                    watched: .init(metric: "accuracy", mode: .min, minDelta: 0.5), factor: 0.5, patience: 0,
                    cooldown: 3, minFactor: 0.125)),
        ]
        return curves.enumerated().map { index, curve in
            var job = example
            job.schedule = ScheduleSpec(curve, warmupSteps: index)
            job.training.ema = index.isMultiple(of: 2) ? EMASpec(decay: 0.5) : nil
            job.training.clipNorm = index.isMultiple(of: 3) ? 0.5 : nil
            job.training.clipValue = index % 3 == 1 ? 1e-3 : nil
            job.training.earlyStopping =
                index.isMultiple(of: 4) ? .init(watched: .init(metric: "val_accuracy"), patience: 3) : nil
            return job
        }
    }()

    @Test("reads back equal, and writes the same again", arguments: jobs)
    func roundTrip(job: JobSpec) throws {
        let read = try JobSpec(yaml: job.canonicalJSON)
        #expect(read == job)
        #expect(read.canonicalJSON == job.canonicalJSON)
    }

    @Test("of the largest and of the deepest model that can be read can be read")
    func extremes() throws {
        var largest = example
        largest.model.layers = (0..<4096).map { index in
            let name = String(repeating: "n", count: 60) + String(1000 + index)
            let dense = DenseSpec(
                units: 10_000, activation: .sigmoid, initializer: .xavierUniform, bias: false)
            return LayerSpec(name: name, .dense(dense))
        }
        #expect(try JobSpec(yaml: largest.canonicalJSON) == largest)

        // The root, `model`, the list of layers, 30 times a mapping and a list in it, and `relu` is the 64th.
        let nested =
            String(repeating: "{sequential: [", count: 30) + "relu" + String(repeating: "]}", count: 30)
        let model = "model: {input: [4], layers: [{dense: {units: 2}}, \(nested)]}"
        let deepest = try JobSpec(yaml: text(\.model, model))
        #expect(try JobSpec(yaml: deepest.canonicalJSON) == deepest)
        #expect(problem(text(\.model, model.replacing("relu", with: "{relu: {}}"))) != nil)
    }

    @Test("is JSON to others too, and what JobSpec is encoded to", arguments: jobs)
    func codable(job: JobSpec) throws {
        let canonical = try JSONSerialization.jsonObject(with: Data(job.canonicalJSON.utf8)) as? NSDictionary
        let encoded = try JSONEncoder().encode(job)
        #expect(try JSONSerialization.jsonObject(with: encoded) as? NSDictionary == canonical)
        #expect(try JSONDecoder().decode(JobSpec.self, from: encoded) == job)
        #expect(try JSONDecoder().decode(JobSpec.self, from: Data(job.canonicalJSON.utf8)) == job)
    }

    @Test("decoding checks like reading a file")
    func decodingChecks() throws {
        let json = example.canonicalJSON.replacing("\"epochs\":10", with: "\"epochs\":-10")
        #expect(throws: SpecError(key: "training.epochs", "expected an integer of at least 1, found -10")) {
            try JSONDecoder().decode(JobSpec.self, from: Data(json.utf8))
        }
        #expect(throws: SpecError.self) {
            try JSONDecoder().decode(JobSpec.self, from: Data("[1.5,null]".utf8))
        }
    }
}
