public import NN

extension BatchNorm: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let channels = runningMean.count
        let scale = weight.map { graph.parameter($0) } ?? graph.ones(channels)
        let shift = bias.map { graph.parameter($0) } ?? graph.zeros(channels)
        return graph.add(
            "BatchNormalization", x,
            [scale, shift, graph.average(runningMean), graph.average(runningVariance)],
            ["epsilon": .float(Float(epsilon))])
    }
}

extension LayerNorm: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let scale = weight.map { graph.parameter($0) } ?? graph.ones(features)
        return graph.add(
            "LayerNormalization", x, [scale] + (bias.map { [graph.parameter($0)] } ?? []),
            ["axis": .int(-1), "epsilon": .float(Float(epsilon))])
    }
}

extension RMSNorm: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let square = graph.add("Mul", x, [x.name])
        let mean = graph.add("ReduceMean", square, [], ["axes": .ints([-1]), "keepdims": .int(1)])
        let root = graph.add("Sqrt", graph.add("Add", mean, [graph.scalar(Float(epsilon))]))
        return graph.add("Mul", graph.add("Div", x, [root.name]), [graph.parameter(weight)])
    }
}

extension GroupNorm: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        // A group is a channel of an instance norm, which normalises each sample's channels by themselves.
        let rows = graph.reshape(x, to: [groups, x.shape.reduce(1, *) / groups])
        let y = graph.add(
            "InstanceNormalization", rows, [graph.ones(groups), graph.zeros(groups)],
            ["epsilon": .float(Float(epsilon))])
        let normalized = graph.reshape(y, to: x.shape)
        guard let weight else { return normalized }
        let channels = [x.shape[0]] + x.shape.dropFirst().map { _ in 1 }
        func each(_ parameter: Parameter) -> String {
            graph.constant(named: parameter.name, graph.values(of: parameter), shape: channels)
        }
        let scaled = graph.add("Mul", normalized, [each(weight)])
        return bias.map { graph.add("Add", scaled, [each($0)]) } ?? scaled
    }
}

extension GraphBuilder {
    fileprivate mutating func ones(_ count: Int) -> String {
        constant(named: "ones_\(count)", [Float](repeating: 1, count: count), shape: [count])
    }

    fileprivate mutating func zeros(_ count: Int) -> String {
        constant(named: "zeros_\(count)", [Float](repeating: 0, count: count), shape: [count])
    }
}
