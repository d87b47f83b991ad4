/// One vertex of the recorded graph: a leaf, or an operation with what it needs to send a gradient back.
final class Node {
    enum Role {
        case leaf
        /// A parameter: its gradient goes into a flat buffer, at this offset.
        case parameter(offset: Int)
        case operation(StaticString, operands: [Node?], backward: (GradientPass) -> Void)
        /// An operation whose graph a backward pass has used up.
        case freed(StaticString)
    }

    let shape: Tensor.Shape
    private(set) var role: Role
    /// The gradient gathered so far; lives during a backward pass only.
    var gradient: Tensor?
    /// Whether nobody else sees the memory of `gradient`, so that it may be added to in place.
    var ownsGradient = false
    /// Whether this parameter's place in the pass's gradient buffer holds something yet.
    var isWritten = false
    /// Whether this parameter's gradient is kept as factors in this pass.
    var hasFactors = false
    /// Whether other parameters of this pass have the same place.
    var sharesPlace = false
    /// Whether this parameter's gradient is whole, and where it belongs.
    var isComplete = false
    /// Whether the search for an order has met this node.
    var isVisited = false

    init(shape: Tensor.Shape, role: Role = .leaf) {
        self.shape = shape
        self.role = role
    }

    /// Lets go of a graph that no backward pass has freed, node by node: by itself the release of a long
    /// chain would go as deep into the stack as the chain is long.
    deinit {
        var waiting: [Node] = []
        handOverOperands(to: &waiting)
        while var node = waiting.popLast() {
            if isKnownUniquelyReferenced(&node) { node.handOverOperands(to: &waiting) }
        }
    }

    /// Releases what the operation had kept, after `waiting` has taken hold of every node among it.
    private func handOverOperands(to waiting: inout [Node]) {
        guard case .operation(_, let operands, _) = role else { return }
        waiting += operands.compactMap(\.self)
        role = .leaf
    }

    var operands: [Node?] {
        if case .operation(_, let operands, _) = role { operands } else { [] }
    }

    /// Lets go of the operands and of what the operation had kept.
    func free() {
        if case .operation(let name, _, _) = role { role = .freed(name) }
    }
}

extension Tensor {
    /// The result of an operation. Recorded only where a gradient can be wanted: when an operand is tracked,
    /// outside of `withoutGradient`.
    func recorded(
        _ name: StaticString, _ operands: [Tensor], backward: @escaping (GradientPass) -> Void
    ) -> Tensor {
        guard operands.contains(where: \.isTracked), !Recording.isPaused else { return self }
        let role = Node.Role.operation(name, operands: operands.map(\.node), backward: backward)
        return Tensor(shape: shape, storage: storage, offset: offset, node: Node(shape: shape, role: role))
    }

    /// A parameter whose values are a view of `buffer` and whose gradient lands at the same offset of the
    /// buffer given to `backward(from:seed:parameters:into:)`.
    public static func parameter(viewing buffer: FlatBuffer, at offset: Int, shape: Shape) -> Tensor {
        let view = Tensor(viewing: buffer, at: offset, shape: shape)
        return Tensor(
            shape: shape, storage: view.storage, offset: offset,
            node: Node(shape: shape, role: .parameter(offset: offset)))
    }
}
