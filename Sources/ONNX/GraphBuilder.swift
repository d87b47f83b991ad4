import Foundation
public import NN
import ONNXProto
import Tensor

/// Collects the nodes of a graph and the numbers that they use.
///
/// Everything is named after the order in which it was added, and parameters after themselves, so that one model gives one
/// file to the byte.
public struct GraphBuilder {
    /// What a node may be told besides its inputs.
    public enum Attribute: Sendable, Hashable {
        case int(Int)
        case ints([Int])
        case float(Float)
        case string(String)
        case strings([String])
    }

    private let weights: Weights
    private var nodes: [Onnx_NodeProto] = []
    private var constants: [Onnx_TensorProto] = []
    private var known: Set<String> = []

    init(_ weights: Weights) {
        self.weights = weights
    }

    /// Adds an operation of ONNX's default domain.
    ///
    /// - Parameters:
    ///   - operation: As the specification calls it (https://onnx.ai/onnx/operators/).
    ///   - inputs: Names of values, in the operation's order; an empty one leaves an optional input out.
    ///   - outputs: How many outputs it has.
    ///   - attributes: What it is told besides.
    /// - Returns: the outputs' names.
    public mutating func node(
        _ operation: String, _ inputs: [String], outputs: Int, _ attributes: [String: Attribute] = [:]
    ) -> [String] {
        let name = "\(operation)_\(nodes.count)"
        let outputs = (0..<outputs).map { outputs == 1 ? name : "\(name).\($0)" }
        append(operation, named: name, inputs, outputs, attributes)
        return outputs
    }

    /// Adds an operation with one input, and with one output that is called `name`.
    mutating func node(
        _ operation: String, _ input: String, named name: String, _ attributes: [String: Attribute]
    ) {
        append(operation, named: name, [input], [name], attributes)
    }

    private mutating func append(
        _ operation: String, named name: String, _ inputs: [String], _ outputs: [String],
        _ attributes: [String: Attribute]
    ) {
        var node = Onnx_NodeProto()
        (node.name, node.opType) = (name, operation)
        (node.input, node.output) = (inputs, outputs)
        // A dictionary's order differs from process to process.
        node.attribute = attributes.sorted { $0.key < $1.key }.map { Onnx_AttributeProto($0.key, $0.value) }
        nodes.append(node)
    }

    /// Adds an operation with one output.
    ///
    /// - Parameters:
    ///   - operation: As the specification calls it.
    ///   - x: Its first input.
    ///   - others: The names of its other inputs.
    ///   - attributes: What it is told besides.
    ///   - shape: Of a sample that it puts out; nil where it keeps that of `x`.
    /// - Returns: the output.
    public mutating func add(
        _ operation: String, _ x: GraphValue, _ others: [String] = [],
        _ attributes: [String: Attribute] = [:],
        shape: [Int]? = nil
    ) -> GraphValue {
        let output = node(operation, [x.name] + others, outputs: 1, attributes)
        return GraphValue(name: output[0], shape: shape ?? x.shape)
    }

    /// A parameter with its values, under its own name.
    public mutating func parameter(_ parameter: Parameter) -> String {
        constant(named: parameter.name, values(of: parameter), shape: parameter.shape)
    }

    /// A running average with its values, under its own name.
    public mutating func average(_ average: RunningAverage) -> String {
        constant(named: average.name, values(of: average), shape: average.shape)
    }

    /// The values of a parameter, row by row.
    public func values(of parameter: Parameter) -> [Float] { weights[parameter.name].values }

    /// The values of a running average.
    public func values(of average: RunningAverage) -> [Float] { weights[average.name].values }

    /// Numbers under a name; one that is there already is taken to hold them.
    public mutating func constant(named name: String, _ values: [Float], shape: [Int]) -> String {
        guard known.insert(name).inserted else { return name }
        var tensor = Onnx_TensorProto()
        tensor.name = name
        tensor.dims = shape.map { Int64($0) }
        tensor.dataType = Int32(Onnx_TensorProto.DataType.float.rawValue)
        tensor.rawData = Data(littleEndian: values)
        constants.append(tensor)
        return name
    }

    /// A single number.
    public mutating func scalar(_ value: Float) -> String {
        constant(named: "scalar_\(value)", [value], shape: [])
    }

    /// Whole numbers, as shapes and axes are.
    public mutating func constant(_ values: [Int]) -> String {
        let name = "ints_" + values.map(String.init).joined(separator: "_")
        guard known.insert(name).inserted else { return name }
        var tensor = Onnx_TensorProto()
        tensor.name = name
        tensor.dims = [Int64(values.count)]
        tensor.dataType = Int32(Onnx_TensorProto.DataType.int64.rawValue)
        tensor.rawData = Data(littleEndian: values)
        constants.append(tensor)
        return name
    }

    /// Gives each sample another shape with as many numbers; the batch stays as large as it is.
    public mutating func reshape(_ x: GraphValue, to shape: [Int]) -> GraphValue {
        // 0 takes the size that is there.
        add("Reshape", x, [constant([0] + shape)], shape: shape)
    }

    /// The graph from its inputs to its outputs.
    func graph(named name: String, inputs: [GraphValue], outputs: [GraphValue]) -> Onnx_GraphProto {
        var graph = Onnx_GraphProto()
        graph.name = name
        graph.node = nodes
        graph.initializer = constants
        graph.input = inputs.map { Onnx_ValueInfoProto($0) }
        graph.output = outputs.map { Onnx_ValueInfoProto($0) }
        return graph
    }
}
