public import NN

extension Pooling: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let shape =
            [x.shape[0]]
            + size.indices.map { axis in
                (x.shape[axis + 1] + 2 * padding[axis] - size[axis]) / stride[axis] + 1
            }
        var attributes: [String: GraphBuilder.Attribute] = [
            "kernel_shape": .ints(size), "pads": .ints(padding + padding), "strides": .ints(stride),
        ]
        switch reduction {
        case .max: return graph.add("MaxPool", x, [], attributes, shape: shape)
        case .average(let countsPadding):
            attributes["count_include_pad"] = .int(countsPadding ? 1 : 0)
            return graph.add("AveragePool", x, [], attributes, shape: shape)
        }
    }
}

extension GlobalPooling: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let operation =
            switch reduction {
            case .max: "ReduceMax"
            case .average: "ReduceMean"
            }
        return graph.add(
            operation, x, [], ["axes": .ints(Array(2...x.shape.count)), "keepdims": .int(0)],
            shape: [x.shape[0]])
    }
}
