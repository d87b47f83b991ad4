public import NN
import Tensor

/// A cell for which ONNX has a recurrent operation.
protocol ONNXCell: GatedCell {
    /// As ONNX calls it.
    var operation: String { get }
    /// What it is told besides the direction and the units.
    func attributes(directions: Int) -> [String: GraphBuilder.Attribute]
    /// Where gate i of ONNX's order lies among the cell's.
    var gateOrder: [Int] { get }
}

extension RNNCell: ONNXCell {
    var operation: String { "RNN" }
    var gateOrder: [Int] { [0] }

    func attributes(directions: Int) -> [String: GraphBuilder.Attribute] {
        let function =
            switch activation {
            case .relu: "Relu"
            default: "Tanh"
            }
        return ["activations": .strings((0..<directions).map { _ in function })]
    }
}

extension LSTMCell: ONNXCell {
    var operation: String { "LSTM" }
    /// i, o, f, c of i, f, g, o.
    var gateOrder: [Int] { [0, 3, 1, 2] }

    func attributes(directions: Int) -> [String: GraphBuilder.Attribute] { [:] }
}

extension GRUCell: ONNXCell {
    var operation: String { "GRU" }
    /// z, r, h of r, z, n.
    var gateOrder: [Int] { [1, 0, 2] }

    func attributes(directions: Int) -> [String: GraphBuilder.Attribute] {
        ["linear_before_reset": .int(hiddenBias == nil ? 0 : 1)]
    }
}

extension Recurrent: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) throws(ONNXError) -> GraphValue {
        let steps = x.shape[0]
        // ONNX has steps before the batch.
        var sequence = graph.add("Transpose", x, [], ["perm": .ints([1, 0, 2])])
        for (index, level) in levels.enumerated() {
            let cells = [level.forward] + (level.backward.map { [$0] } ?? [])
            guard let written = cells as? [any ONNXCell], let first = written.first else {
                throw ONNXError("A recurrent cell of the type \(Cell.self) cannot be written as ONNX.")
            }
            let features = first.shared.units * cells.count
            let outputs = graph.recurrent(written, sequence)
            if index == levels.count - 1, !returnsSequences {
                // [directions, batch, units]: of each direction the state at the end of reading.
                let last = graph.add("Transpose", outputs.last, [], ["perm": .ints([1, 0, 2])])
                return graph.reshape(last, to: [features])
            }
            // [steps, directions, batch, units]
            let byBatch = graph.add("Transpose", outputs.all, [], ["perm": .ints([2, 0, 1, 3])])
            let sideBySide = graph.reshape(byBatch, to: [steps, features])
            if index == levels.count - 1 { return sideBySide }
            sequence = graph.add("Transpose", sideBySide, [], ["perm": .ints([1, 0, 2])])
        }
        return x
    }
}

extension GraphBuilder {
    /// One level of cells, in one direction or two.
    ///
    /// - Parameters:
    ///   - cells: That of the way there, and that of the way back if there is one.
    ///   - sequence: [steps, batch, features]
    /// - Returns: all steps' outputs, [steps, directions, batch, units], and the last ones, [directions, batch, units].
    fileprivate mutating func recurrent(
        _ cells: [any ONNXCell], _ sequence: GraphValue
    ) -> (all: GraphValue, last: GraphValue) {
        let cell = cells[0]
        let (weight, units) = (cell.shared.inputWeight, cell.shared.units)
        let columns = cell.gateOrder.count * units
        // Called after the parameter that they are made of, in another layout.
        func stacked(_ parameter: Parameter, _ shape: [Int], _ values: (any ONNXCell) -> [Float]) -> String {
            constant(
                named: "\(parameter.name).onnx", cells.flatMap(values), shape: [cells.count] + shape)
        }
        let w = stacked(weight, [columns, weight.shape[0]]) { transposed($0.shared.inputWeight, of: $0) }
        let r = stacked(cell.shared.hiddenWeight, [columns, units]) {
            transposed($0.shared.hiddenWeight, of: $0)
        }
        let b = stacked(cell.shared.bias, [2 * columns]) { cell in
            let bias = ordered(values(of: cell.shared.bias), of: cell)
            let hidden = cell.hiddenBias.map { ordered(values(of: $0), of: cell) }
            return bias + (hidden ?? [Float](repeating: 0, count: bias.count))
        }
        var attributes = cell.attributes(directions: cells.count)
        attributes["hidden_size"] = .int(units)
        attributes["direction"] = .string(cells.count == 2 ? "bidirectional" : "forward")
        let outputs = node(cell.operation, [sequence.name, w, r, b], outputs: 2, attributes)
        return (GraphValue(name: outputs[0], shape: []), GraphValue(name: outputs[1], shape: []))
    }

    /// [inputs, gates * units] as [gates * units, inputs], the gates in ONNX's order.
    private func transposed(_ weight: Parameter, of cell: any ONNXCell) -> [Float] {
        let (values, columns, units) = (values(of: weight), weight.shape[1], cell.shared.units)
        return cell.gateOrder.flatMap { gate in
            (gate * units..<(gate + 1) * units).flatMap { column in
                (0..<weight.shape[0]).map { row in values[row * columns + column] }
            }
        }
    }

    private func ordered(_ bias: [Float], of cell: any ONNXCell) -> [Float] {
        let units = cell.shared.units
        return cell.gateOrder.flatMap { bias[($0 * units)..<(($0 + 1) * units)] }
    }
}
