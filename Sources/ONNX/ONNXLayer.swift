public import NN

/// A layer that can be written as nodes of an ONNX graph. All layers of `NN` can; one of your own conforms like this:
///
///     extension Scale: ONNXLayer {
///         func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
///             graph.add("Mul", x, [graph.parameter(gain)])
///         }
///     }
public protocol ONNXLayer: Layer {
    /// Adds the nodes that compute what `forward` computes outside of training.
    ///
    /// - Parameters:
    ///   - x: The layer's input.
    ///   - graph: Gets the nodes and the parameters.
    /// - Returns: the layer's output.
    /// - Throws: `ONNXError` when ONNX has no operation for it.
    func write(_ x: GraphValue, to graph: inout GraphBuilder) throws(ONNXError) -> GraphValue
}

/// A value on its way through an ONNX graph.
public struct GraphValue: Sendable, Hashable {
    /// Unique in the graph.
    public let name: String
    /// The shape of one sample; the batch axis stands before it.
    public let shape: [Int]

    /// A value with this name, that of a node's output.
    public init(name: String, shape: [Int]) {
        self.name = name
        self.shape = shape
    }
}

/// Why a model cannot be written as ONNX, in a sentence.
public struct ONNXError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What cannot be written.
    public let description: String

    /// An error with this sentence.
    public init(_ sentence: String) {
        description = sentence
    }
}

extension GraphBuilder {
    /// Adds the nodes of a layer of any kind.
    ///
    /// - Throws: `ONNXError` for a layer that is no `ONNXLayer`.
    mutating func write(_ layer: any Layer, _ x: GraphValue) throws(ONNXError) -> GraphValue {
        guard let layer = layer as? any ONNXLayer else {
            throw ONNXError(
                "A layer of the type \(type(of: layer)) cannot be written as ONNX; have it conform to ONNXLayer."
            )
        }
        return try layer.write(x, to: &self)
    }
}
