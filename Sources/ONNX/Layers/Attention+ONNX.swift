public import NN

extension Attention: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let (q, k, v) = (query.write(x, to: &graph), key.write(x, to: &graph), value.write(x, to: &graph))
        let keys = graph.add("Transpose", k, [], ["perm": .ints([0, 2, 1])], shape: k.shape.reversed())
        return graph.attention(q, keys, v, isCausal: product.isCausal)
    }
}

extension MultiHeadAttention: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let (steps, features) = (x.shape[0], x.shape[1])
        let size = features / heads
        func split(_ part: Dense, _ order: [Int], _ shape: [Int]) -> GraphValue {
            let y = graph.reshape(part.write(x, to: &graph), to: [steps, heads, size])
            return graph.add("Transpose", y, [], ["perm": .ints(order)], shape: shape)
        }
        let q = split(query, [0, 2, 1, 3], [heads, steps, size])
        let k = split(key, [0, 2, 3, 1], [heads, size, steps])
        let v = split(value, [0, 2, 1, 3], [heads, steps, size])
        let result = graph.attention(q, k, v, isCausal: product.isCausal)
        let joined = graph.add("Transpose", result, [], ["perm": .ints([0, 2, 1, 3])])
        return output.write(graph.reshape(joined, to: x.shape), to: &graph)
    }
}

extension TransformerBlock: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let y = residual(x, attentionNorm, &graph) { x, graph in attention.write(x, to: &graph) }
        return residual(y, feedForwardNorm, &graph) { y, graph in
            output.write(hidden.write(y, to: &graph), to: &graph)
        }
    }

    private func residual(
        _ x: GraphValue, _ layerNorm: LayerNorm, _ graph: inout GraphBuilder,
        _ part: (GraphValue, inout GraphBuilder) -> GraphValue
    ) -> GraphValue {
        switch norm {
        case .pre:
            let y = part(layerNorm.write(x, to: &graph), &graph)
            return graph.add("Add", x, [y.name])
        case .post:
            let y = part(x, &graph)
            return layerNorm.write(graph.add("Add", x, [y.name]), to: &graph)
        }
    }
}

extension TransformerEncoder: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        var x = x
        for block in blocks { x = block.write(x, to: &graph) }
        return norm?.write(x, to: &graph) ?? x
    }
}

extension GraphBuilder {
    /// softmax(q k / sqrt(size)) v; queries [steps, size] behind all leading axes, keys [size, steps].
    fileprivate mutating func attention(
        _ q: GraphValue, _ k: GraphValue, _ v: GraphValue, isCausal: Bool
    ) -> GraphValue {
        let steps = q.shape[q.shape.count - 2]
        let size = q.shape[q.shape.count - 1]
        let scaled = add("Mul", q, [scalar(1 / Float(size).squareRoot())])
        var scores = add("MatMul", scaled, [k.name], shape: Array(q.shape.dropLast()) + [steps])
        if isCausal {
            let future = (0..<steps).flatMap { row in
                (0..<steps).map { column in column > row ? -Float.infinity : 0 }
            }
            scores = add("Add", scores, [constant(named: "future_\(steps)", future, shape: [steps, steps])])
        }
        let weights = add("Softmax", scores, [], ["axis": .int(-1)])
        return add("MatMul", weights, [v.name], shape: v.shape)
    }
}
