import Datasets
import Foundation
import NN
import ONNX
import Spec
import Tensor
import TestSupport
import Testing

/// A model whose file is to predict what the model does.
struct ExportCase: Sendable, CustomTestStringConvertible {
    let name: String
    let input: [Int]
    /// A list in YAML's flow style.
    let layers: String
    /// Whether samples are indices below 11, or any numbers.
    var areIndices = false

    var testDescription: String { name }

    static let all: [ExportCase] = [
        ExportCase(
            name: "dense", input: [7],
            layers: """
                [dense: {units: 9, activation: relu}, dense: {units: 8, activation: tanh, bias: false},
                 dropout: {rate: 0.5}, dense: {units: 6, activation: softmax}, dense: {units: 4}]
                """),
        ExportCase(
            name: "activations", input: [6],
            layers: """
                [dense: {units: 6, activation: {leaky_relu: {slope: 0.2}}}, dense: {units: 6, activation: {elu: {alpha: 0.7}}},
                 dense: {units: 6, activation: gelu}, dense: {units: 6, activation: gelu_tanh}, silu: {}, softplus: {},
                 dense: {units: 6, activation: hard_sigmoid}, dense: {units: 6, activation: hard_tanh},
                 dense: {units: 6, activation: hard_swish}, sigmoid: {}, dense: {units: 5}, log_softmax: {}]
                """),
        ExportCase(
            name: "convolutions", input: [2, 11, 9],
            layers: """
                [conv2d: {filters: 4, kernel: 3, padding: same, activation: relu}, batch_norm: {}, max_pool2d: {size: 2},
                 conv2d: {filters: 6, kernel: [3, 2], stride: [2, 1], padding: same, groups: 2, bias: false},
                 batch_norm: {affine: false}, avg_pool2d: {size: 2, stride: 1, padding: 1},
                 conv_transpose2d: {filters: 3, kernel: 3, stride: 2, padding: 1, output_padding: 1},
                 conv2d: {filters: 4, kernel: 2, dilation: 2}, flatten: {}, dense: {units: 3}]
                """),
        ExportCase(
            name: "uneven-padding", input: [1, 10, 7],
            layers: """
                [conv2d: {filters: 3, kernel: [4, 2], padding: same}, conv2d: {filters: 3, kernel: 3, stride: 2, padding: same},
                 avg_pool2d: {size: 3, padding: 1, count_padding: false}, global_avg_pool2d: {}]
                """),
        ExportCase(
            name: "one-axis", input: [3, 17],
            layers: """
                [conv1d: {filters: 4, kernel: 4, padding: same, activation: relu}, max_pool1d: {size: 3, stride: 2},
                 permute: {axes: [1, 0]}, dense: {units: 5}, permute: {axes: [1, 0]}, global_max_pool1d: {}]
                """),
        ExportCase(
            name: "norms", input: [6, 4],
            layers: """
                [layer_norm: {}, dense: {units: 4}, rms_norm: {}, layer_norm: {affine: false}, group_norm: {groups: 3},
                 group_norm: {groups: 2, affine: false}, reshape: {shape: [4, 6]}, batch_norm: {}, flatten: {}]
                """),
        ExportCase(
            name: "lstm", input: [5, 4],
            layers: "[lstm: {units: 6, return_sequences: true}, lstm: {units: 3}, dense: {units: 2}]"),
        ExportCase(
            name: "recurrent", input: [5, 4],
            layers: """
                [lstm: {units: 3, layers: 2, bidirectional: true, return_sequences: true},
                 gru: {units: 4, bidirectional: true, return_sequences: true}, gru: {units: 3, reset: before, layers: 2,
                 return_sequences: true}, rnn: {units: 3, bidirectional: true, return_sequences: true},
                 rnn: {units: 4, activation: relu, layers: 2}]
                """),
        ExportCase(
            name: "attention", input: [5, 8],
            layers: """
                [positional_encoding: {}, multi_head_attention: {heads: 2, bias: true, causal: true},
                 transformer_encoder: {heads: 4, feed_forward: 12, layers: 2, dropout: 0.1},
                 transformer_encoder: {heads: 2, feed_forward: 6, norm: post, activation: relu, causal: true},
                 attention: {size: 6, bias: true}, last_step: {}]
                """),
        ExportCase(
            name: "embedding", input: [6],
            layers: """
                [embedding: {vocabulary: 11, size: 4, padding: 3}, positional_encoding: {kind: learned},
                 attention: {size: 4, causal: true}, average_steps: {}, dense: {units: 3}]
                """, areIndices: true),
        ExportCase(
            name: "residual", input: [5],
            layers: """
                [residual: {layers: [dense: {units: 5, activation: relu}, sequential: [dense: {units: 5}]], activation: relu},
                 residual: [dense: {units: 5}]]
                """),
    ]

    func model() throws -> Model {
        let spec = try JobSpec(
            yaml: """
                data: {train: {csv: {path: x.csv, label: y}}}
                model: {input: \(input), layers: \(layers)}
                loss: softmax_cross_entropy
                optimizer: {sgd: {learning_rate: 0.1}}
                training: {epochs: 1, batch_size: 4}
                """)
        return try Model(spec.model)
    }

    /// Values of all parameters and averages, none of them what it starts as.
    func weights(_ model: Model) -> Weights {
        var random = SplitMix(seed: 5)
        var weights = Weights(model, seed: 3)
        for (name, shape) in model.layout.tensors {
            let isVariance = name.hasSuffix("running_var")
            let values = (0..<shape.reduce(1, *)).map { _ in
                isVariance
                    ? Float.random(in: 0.3..<2, using: &random) : Float.random(in: -0.7..<0.7, using: &random)
            }
            weights[name] = Tensor(values, shape: .init(shape))
        }
        return weights
    }

    func samples() -> Tensor {
        var random = SplitMix(seed: 8)
        let count = 5 * input.reduce(1, *)
        let values = (0..<count).map { _ in
            areIndices
                ? Float(Int.random(in: 0..<11, using: &random)) : Float.random(in: -2..<2, using: &random)
        }
        return Tensor(values, shape: .init([5] + input))
    }
}

@Suite(
    "A model as an ONNX file",
    .enabled(if: InteropPython.isInstalled, "make interop-tools installs onnxruntime"),
    .timeLimit(.minutes(15)))
struct ONNXModelTests {
    @Test(
        "passes onnx.checker and predicts in onnxruntime what the model predicts", arguments: ExportCase.all)
    func predictsTheSame(_ export: ExportCase) throws {
        let (model, x) = (try export.model(), export.samples())
        let weights = export.weights(model)
        let expected = ModelReplica(model, weights).predict(x)
        let file = try ONNXModel(
            named: export.name, model, weights, scaling: .none, output: .values, producerVersion: "1")
        let outputs = try run(file, on: x)
        #expect(deviation(outputs["output"] ?? [], from: expected.values.map(Double.init)) < 1e-5)
        #expect(outputs.keys.sorted() == ["output"])
    }

    @Test(
        "scales samples as training does",
        arguments: [
            FeatureScaling.divide(by: 255),
            .standardize(means: [1, -2, 0.5, 3, 0, 7, 1], deviations: [2, 0.1, 1, 30, 4, 0, 0.5]),
        ])
    func scales(_ scaling: FeatureScaling) throws {
        let export = try #require(ExportCase.all.first { $0.name == "dense" })
        let (model, x) = (try export.model(), export.samples())
        let weights = export.weights(model)
        let scaled = x.values.enumerated().map { index, value in
            switch scaling {
            case .none: return value
            case .divide(let divisor): return value / divisor
            case .standardize(let means, let deviations):
                let feature = index % 7
                return deviations[feature] == 0 ? 0 : (value - means[feature]) / deviations[feature]
            }
        }
        let expected = ModelReplica(model, weights).predict(Tensor(scaled, shape: x.shape))
        let file = try ONNXModel(
            named: "scaled", model, weights, scaling: scaling, output: .values, producerVersion: "1")
        let output = try run(file, on: x)["output"] ?? []
        #expect(deviation(output, from: expected.values.map(Double.init)) < 1e-5)
    }

    @Test("puts out probabilities beside the scores of classes")
    func probabilities() throws {
        let export = try #require(ExportCase.all.first { $0.name == "dense" })
        let (model, x) = (try export.model(), export.samples())
        let weights = export.weights(model)
        let scores = ModelReplica(model, weights).predict(x)
        for (kind, expected) in [
            (ONNXModel.Output.logits, scores.softmax()), (.binaryLogits, scores.sigmoid()),
            (.logProbabilities, scores.exp()),
        ] {
            let file = try ONNXModel(
                named: "scores", model, weights, scaling: .none, output: kind, producerVersion: "1")
            let outputs = try run(file, on: x)
            #expect(deviation(outputs["output"] ?? [], from: scores.values.map(Double.init)) < 1e-5)
            #expect(
                deviation(outputs["probabilities"] ?? [], from: expected.values.map(Double.init)) < 1e-5)
        }
    }

    private func run(_ model: ONNXModel, on x: Tensor) throws -> [String: [Float]] {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        try model.file().write(to: URL(fileURLWithPath: directory.file("model.onnx")))
        try Data(littleEndian: x.values).write(to: URL(fileURLWithPath: directory.file("model.input")))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "run_onnx.py")
        try InteropPython.run(script, [directory.path])
        var outputs: [String: [Float]] = [:]
        for url in try FileManager.default.contentsOfDirectory(
            at: URL(fileURLWithPath: directory.path), includingPropertiesForKeys: nil)
        where !["onnx", "input"].contains(url.pathExtension) {
            outputs[url.pathExtension] = try floats(Data(contentsOf: url))
        }
        return outputs
    }

    private func floats(_ data: Data) -> [Float] {
        stride(from: 0, to: data.count - 3, by: 4).map { place in
            var pattern: UInt32 = 0
            for byte in 0..<4 { pattern |= UInt32(data[place + byte]) << UInt32(8 * byte) }
            return Float(bitPattern: pattern)
        }
    }
}

@Suite("An ONNX file")
struct ONNXFileTests {
    @Test("is the same to the byte each time")
    func deterministic() throws {
        for export in ExportCase.all {
            let model = try export.model()
            let files = try (0..<2).map { _ in
                try ONNXModel(
                    named: export.name, model, export.weights(model), scaling: .none, output: .logits,
                    producerVersion: "1", metadata: ["b": "1", "a": "2", "c": "3"]
                ).file()
            }
            #expect(files[0] == files[1])
        }
    }

    @Test("refuses a layer that it does not know")
    func unknownLayer() throws {
        struct Mystery: Layer {
            func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x }
        }
        let model = Model(inputShape: [2], outputShape: [2], Sequential([Mystery()]))
        let error = #expect(throws: ONNXError.self) {
            try ONNXModel(
                named: "m", model, Weights(model), scaling: .none, output: .values, producerVersion: "1")
        }
        #expect(error?.description.contains("Mystery cannot be written as ONNX") == true)
    }
}
