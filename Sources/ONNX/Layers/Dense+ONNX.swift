public import NN

extension Dense: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let shape = Array(x.shape.dropLast()) + [weight.shape[1]]
        let w = graph.parameter(weight)
        guard let bias else {
            return graph.apply(activation, graph.add("MatMul", x, [w], shape: shape))
        }
        let b = graph.parameter(bias)
        // Gemm takes matrices only.
        if x.shape.count == 1 { return graph.apply(activation, graph.add("Gemm", x, [w, b], shape: shape)) }
        let product = graph.add("MatMul", x, [w], shape: shape)
        return graph.apply(activation, graph.add("Add", product, [b]))
    }
}
