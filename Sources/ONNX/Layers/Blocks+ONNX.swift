public import NN

extension Sequential: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) throws(ONNXError) -> GraphValue {
        var x = x
        for layer in layers { x = try graph.write(layer, x) }
        return x
    }
}

extension Residual: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) throws(ONNXError) -> GraphValue {
        let y = try graph.write(inner, x)
        return graph.apply(activation, graph.add("Add", x, [y.name]))
    }
}
