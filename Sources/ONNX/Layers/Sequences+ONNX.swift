public import NN

extension Embedding: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        var table = graph.values(of: weight)
        let size = weight.shape[1]
        // What stands for nothing is looked up as zeros.
        if let padding {
            for place in (padding * size)..<((padding + 1) * size) { table[place] = 0 }
        }
        let int64 = 7
        let indices = graph.add("Cast", x, [], ["to": .int(int64)])
        let rows = graph.constant(named: weight.name, table, shape: weight.shape)
        let gathered = graph.node("Gather", [rows, indices.name], outputs: 1, ["axis": .int(0)])
        return GraphValue(name: gathered[0], shape: x.shape + [size])
    }
}

extension PositionalEncoding: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        switch source {
        case .constant(let values):
            // The file names it by its size, of which it is a function.
            let name = "sinusoids_\(x.shape.map(String.init).joined(separator: "_"))"
            return graph.add("Add", x, [graph.constant(named: name, values, shape: x.shape)])
        case .learned(let weight): return graph.add("Add", x, [graph.parameter(weight)])
        }
    }
}

extension LastStep: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let last = graph.add("Gather", x, [graph.constant([x.shape[0] - 1])], ["axis": .int(1)])
        return graph.reshape(last, to: [x.shape[1]])
    }
}

extension AverageSteps: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        graph.add(
            "ReduceMean", x, [], ["axes": .ints([1]), "keepdims": .int(0)], shape: Array(x.shape.dropFirst()))
    }
}
