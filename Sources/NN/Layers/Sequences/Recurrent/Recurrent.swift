public import Tensor

/// Recurrent cells that read sequences, one on top of the other: x is [batch, steps, features], and the output is the
/// last step, [batch, units], or all of them, [batch, steps, units]. States start from zeros.
///
/// With two directions a second cell reads each sequence from its end. The outputs of both are put side by side, and the
/// last step is that of each direction: the end of the sequence for the one, its beginning for the other.
///
/// The parameters of the first layer are called `NAME.input_weight` and so on, those of layer i above it
/// `NAME.i.input_weight`, and those of the cell that reads from the end `NAME.backward.input_weight` or
/// `NAME.i.backward.input_weight`.
public struct Recurrent<Cell: RecurrentCell>: Layer {
    /// One layer of the stack.
    public struct Level: Sendable {
        /// Reads from the beginning.
        public let forward: Cell
        /// Reads from the end; nil with one direction.
        public let backward: Cell?
    }

    /// In the order in which a sequence passes them.
    public let levels: [Level]
    /// Whether the output has all steps.
    public let returnsSequences: Bool
    /// One in front of each level but the first; empty without dropout.
    private let dropouts: [Dropout]

    /// - Parameters:
    ///   - name: What the parameters are called after.
    ///   - inputs: The features of a step.
    ///   - units: The numbers of a cell's output.
    ///   - layers: How many levels there are.
    ///   - isBidirectional: Whether each level has two directions.
    ///   - returnsSequences: Whether the output has all steps.
    ///   - dropout: The part of the values between two levels that training leaves out, in 0 ..< 1.
    ///   - cell: Makes a cell, given what its parameters are called after and the features of a step.
    /// - Precondition: there is a layer.
    public init(
        name: String, inputs: Int, units: Int, layers: Int = 1, isBidirectional: Bool = false,
        returnsSequences: Bool = false, dropout: Double = 0, cell: (String, Int) -> Cell
    ) {
        precondition(layers >= 1, "\(name) has \(layers) layers")
        levels = (0..<layers).map { layer in
            let scope = layer == 0 ? "\(name)." : "\(name).\(layer)."
            let inputs = layer == 0 ? inputs : units * (isBidirectional ? 2 : 1)
            return Level(
                forward: cell(scope, inputs),
                backward: isBidirectional ? cell(scope + "backward.", inputs) : nil)
        }
        self.returnsSequences = returnsSequences
        dropouts =
            dropout > 0 ? (1..<layers).map { Dropout(name: "\(name).\($0)", rate: dropout) } : []
    }

    public var parameters: [Parameter] {
        levels.flatMap { $0.forward.parameters + ($0.backward?.parameters ?? []) }
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        // By steps first, so that a step's rows lie together.
        var sequence = x.permuted([1, 0, 2])
        for (index, level) in levels.enumerated() {
            if index > 0, !dropouts.isEmpty { sequence = drop(sequence, dropouts[index - 1], context) }
            let there = level.forward.read(sequence, context).outputs
            let back = level.backward?.read(sequence, isReversed: true, context).outputs
            if index == levels.count - 1 { return output(there, back) }
            sequence = sideBySide(Tensor.stacked(there), back.map { Tensor.stacked($0) })
        }
        return x
    }

    private func output(_ there: [Tensor], _ back: [Tensor]?) -> Tensor {
        if returnsSequences {
            return sideBySide(Tensor.stacked(there, axis: 1), back.map { Tensor.stacked($0, axis: 1) })
        }
        return sideBySide(there[there.count - 1], back?[0])
    }

    /// Along the last axis.
    private func sideBySide(_ there: Tensor, _ back: Tensor?) -> Tensor {
        guard let back else { return there }
        return Tensor.concatenated([there, back], axis: there.shape.rank - 1)
    }

    /// Dropout draws by sample, so that batches come first there.
    private func drop(_ sequence: Tensor, _ dropout: Dropout, _ context: ForwardContext) -> Tensor {
        dropout.forward(sequence.permuted([1, 0, 2]), context).permuted([1, 0, 2])
    }
}
