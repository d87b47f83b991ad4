public import Datasets
public import Foundation
public import NN
import ONNXProto
import SwiftProtobuf

/// A model with its weights in the ONNX format (https://onnx.ai), for other programs to predict with.
///
/// The graph takes samples as they are read, scales them as training did, and puts out what the last layer does; for losses
/// that score classes, also their probabilities. It predicts; it does not train.
public struct ONNXModel {
    /// The version of ONNX's operators that the graphs use: of January 2022, so that any runtime since reads them.
    public static let opset = 17
    /// The version of the file format that came with that opset.
    static let formatVersion = 8

    private let proto: Onnx_ModelProto

    /// What the last layer's output stands for.
    public enum Output: Sendable {
        /// Numbers as they are.
        case values
        /// Scores, of which the softmax makes probabilities.
        case logits
        /// A score for each class by itself, of which the logistic function makes a probability.
        case binaryLogits
        /// Logarithms of probabilities.
        case logProbabilities
    }

    /// - Parameters:
    ///   - name: What the graph is called.
    ///   - model: The layers.
    ///   - weights: Their parameters and running averages.
    ///   - scaling: What is done to a sample before the first layer.
    ///   - output: What the last layer's output stands for.
    ///   - producerVersion: The version of the program that writes the file.
    ///   - metadata: Whatever else the file should tell.
    /// - Throws: `ONNXError` when a layer has no operation in ONNX.
    public init(
        named name: String, _ model: Model, _ weights: Weights, scaling: FeatureScaling, output: Output,
        producerVersion: String, metadata: [String: String] = [:]
    ) throws(ONNXError) {
        var graph = GraphBuilder(weights)
        let input = GraphValue(name: "input", shape: model.inputShape)
        let scaled = graph.scale(input, scaling)
        let last = try graph.write(model.network, scaled)
        var outputs = [graph.add("Identity", last, named: "output")]
        switch output {
        case .values: break
        case .logits:
            outputs.append(graph.add("Softmax", outputs[0], named: "probabilities", ["axis": .int(-1)]))
        case .binaryLogits: outputs.append(graph.add("Sigmoid", outputs[0], named: "probabilities"))
        case .logProbabilities: outputs.append(graph.add("Exp", outputs[0], named: "probabilities"))
        }
        var proto = Onnx_ModelProto()
        proto.irVersion = Int64(Self.formatVersion)
        proto.opsetImport = [.with { $0.version = Int64(Self.opset) }]
        proto.producerName = "nnd"
        proto.producerVersion = producerVersion
        proto.graph = graph.graph(named: name, inputs: [input], outputs: outputs)
        proto.metadataProps = metadata.sorted { $0.key < $1.key }.map { key, value in
            .with { ($0.key, $0.value) = (key, value) }
        }
        self.proto = proto
    }

    /// The bytes of a `.onnx` file.
    ///
    /// - Throws: `ONNXError` beyond two gigabytes, which is the most that a file without parts may have.
    public func file() throws(ONNXError) -> Data {
        do {
            return try proto.serializedData()
        } catch {
            throw ONNXError("The model is too large for one ONNX file, which may have 2 GiB: \(error).")
        }
    }
}

extension GraphBuilder {
    /// Scales samples with the same operations as training, in Float32.
    fileprivate mutating func scale(_ x: GraphValue, _ scaling: FeatureScaling) -> GraphValue {
        switch scaling {
        case .none: return x
        case .divide(let divisor): return add("Div", x, [scalar(divisor)])
        case .standardize(let means, let deviations):
            let centred = add("Sub", x, [constant(named: "scale.mean", means, shape: x.shape)])
            // What was constant when it was fitted gives 0.
            let divisors = deviations.map { $0 == 0 ? Float.infinity : $0 }
            return add("Div", centred, [constant(named: "scale.deviation", divisors, shape: x.shape)])
        }
    }

    /// Adds an operation whose output goes by a name of its own, as those of the whole graph do.
    fileprivate mutating func add(
        _ operation: String, _ x: GraphValue, named name: String, _ attributes: [String: Attribute] = [:]
    ) -> GraphValue {
        node(operation, x.name, named: name, attributes)
        return GraphValue(name: name, shape: x.shape)
    }
}
