public import NN

extension Flatten: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        graph.reshape(x, to: [x.shape.reduce(1, *)])
    }
}

extension Reshape: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        graph.reshape(x, to: shape)
    }
}

extension Permute: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        graph.add(
            "Transpose", x, [], ["perm": .ints([0] + axes.map { $0 + 1 })], shape: axes.map { x.shape[$0] })
    }
}

extension Dropout: ONNXLayer {
    /// Outside of training it lets everything through.
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue { x }
}
