/// The gradient of `output` with respect to each of `inputs`, by the same names: reverse-mode differentiation
/// over the recorded graph. An input on which `output` does not depend gets zeros.
///
/// - Parameters:
///   - output: One number, or a tensor of any shape with a `seed` of that shape.
///   - inputs: Tracked tensors: leaves or intermediate results.
///   - seed: The gradient of whatever is wanted with respect to `output`; 1 when absent.
///   - keepingGraph: Whether the graph stays for another pass; otherwise it is freed and a second pass is an
///     error.
///   - differentiable: Whether the gradients are recorded themselves, for second derivatives. Keeps the
///     graph. Otherwise they are constants, of a tracked seed too.
/// - Returns: a tensor of the input's shape for each name.
/// - Throws: `AutogradError` when the graph was freed, nothing is tracked, or the shapes do not fit.
public func gradients(
    of output: Tensor, withRespectTo inputs: [String: Tensor], seed: Tensor? = nil,
    keepingGraph: Bool = false, differentiable: Bool = false
) throws(AutogradError) -> [String: Tensor] {
    for (name, input) in inputs where input.node == nil {
        throw AutogradError(
            .notTracked, "`\(name)` is not tracked; make it with `.tracked` before it is used")
    }
    let checked = try checkedSeed(seed, for: output)
    let seed = differentiable ? checked : checked.detached
    var found: [String: Tensor] = [:]
    let wanted = Set(inputs.values.compactMap { $0.node.map(ObjectIdentifier.init) })
    var kept: [ObjectIdentifier: Tensor] = [:]
    try propagate(
        from: output, seed: seed, gradients: nil, isRecording: differentiable,
        keepingGraph: keepingGraph || differentiable, prepare: { _ in }
    ) { node in
        let id = ObjectIdentifier(node)
        if wanted.contains(id) { kept[id] = node.gradient }
    }
    for (name, input) in inputs {
        let gradient = input.node.flatMap { kept[ObjectIdentifier($0)] }
        found[name] = gradient ?? Tensor(repeating: 0, shape: input.shape)
    }
    return found
}

/// Sends the number `seed` back from `output`, which is one number, and writes the gradient of each parameter
/// into `buffer` at the parameter's own offset, zeros where `output` does not depend on it. Where parameters share
/// a place, it gets the sum of their gradients. Frees the graph.
///
/// - Throws: `AutogradError` when the graph was freed or nothing is tracked.
public func backward(
    from output: Tensor, seed: Float, parameters: [Tensor], into buffer: FlatBuffer
) throws(AutogradError) {
    try backward(from: output, seed: seed, parameters: parameters, into: ParameterGradients(buffer))
}

/// The same with the gradients of dense layers' weights left as factors, where there is room for them and they are
/// one product.
///
/// - Throws: `AutogradError` when the graph was freed or nothing is tracked.
package func backward(
    from output: Tensor, seed: Float, parameters: [Tensor], into gradients: ParameterGradients
) throws(AutogradError) {
    require(output.count == 1, "backward starts from one number, not from a tensor of \(output.shape)")
    let start = Tensor(repeating: seed, shape: output.shape, pool: output.storage.pool)
    try propagate(
        from: output, seed: start, gradients: gradients, isRecording: false, keepingGraph: false
    ) { order in
        prepareParameters(among: order + parameters.compactMap(\.node), in: gradients.values)
    } visit: { node in
        // Whatever uses it has been visited. Those that share a place wait for each other.
        if !node.sharesPlace { complete(node, in: gradients) }
    }
    for parameter in parameters {
        if let node = parameter.node { complete(node, in: gradients) }
    }
}

/// Does what is left to do when a parameter has all of its gradient, and says so.
private func complete(_ node: Node, in gradients: ParameterGradients) {
    guard case .parameter(let offset) = node.role, !node.isComplete else { return }
    node.isComplete = true
    if !node.hasFactors, !gradients.leaveFactors(ofWeightAt: offset, isWritten: node.isWritten),
        !node.isWritten
    {
        (gradients.values.base + offset).update(repeating: 0, count: node.shape.count)
    }
    gradients.whenComplete?(offset)
}

/// Marks the places of parameters as not yet written. Those that several parameters share begin as zeros instead, to
/// which each of them adds.
private func prepareParameters(among nodes: [Node], in buffer: FlatBuffer) {
    var places: [(offset: Int, node: Node)] = []
    for node in nodes {
        guard case .parameter(let offset) = node.role else { continue }
        (node.isWritten, node.hasFactors) = (false, false)
        (node.sharesPlace, node.isComplete) = (false, false)
        places.append((offset, node))
    }
    places.sort { $0.offset < $1.offset }
    var end = 0
    for (index, place) in places.enumerated() {
        if index > 0, place.offset < end, place.node !== places[index - 1].node {
            for shared in places[(index - 1)...index] {
                (buffer.base + shared.offset).update(repeating: 0, count: shared.node.shape.count)
                (shared.node.isWritten, shared.node.sharesPlace) = (true, true)
            }
        }
        end = max(end, place.offset + place.node.shape.count)
    }
}

private func checkedSeed(_ seed: Tensor?, for output: Tensor) throws(AutogradError) -> Tensor {
    guard let seed else {
        guard output.count == 1 else {
            throw AutogradError(
                .shape,
                "the output has shape \(output.shape); the gradient of more than one number needs a seed")
        }
        return Tensor(repeating: 1, shape: output.shape, pool: output.storage.pool)
    }
    guard seed.shape == output.shape else {
        throw AutogradError(.shape, "the seed has shape \(seed.shape), the output \(output.shape)")
    }
    return seed
}

/// Visits every node behind `output` after all that use it. `prepare` sees all of them first, `visit` each node with
/// its whole gradient.
private func propagate(
    from output: Tensor, seed: Tensor, gradients: ParameterGradients?, isRecording: Bool, keepingGraph: Bool,
    prepare: ([Node]) -> Void, visit: (Node) -> Void
) throws(AutogradError) {
    guard let root = output.node else {
        throw AutogradError(.notTracked, "the output depends on no tracked tensor, so it has no gradient")
    }
    let order = try orderedFromOutput(root)
    prepare(order)
    root.gradient = seed
    for node in order {
        visit(node)
        if case .operation(_, let operands, let backward) = node.role, let upstream = node.gradient {
            backward(
                GradientPass(
                    upstream: upstream, operands: operands, isRecording: isRecording, gradients: gradients))
        }
        node.gradient = nil
        if !keepingGraph { node.free() }
    }
}

/// The nodes behind `root`, each after all that use it; the order depends on the graph alone.
private func orderedFromOutput(_ root: Node) throws(AutogradError) -> [Node] {
    var finished: [Node] = []
    var stack: [(node: Node, next: Int)] = [(root, 0)]
    var freed: StaticString?
    root.isVisited = true
    while let (node, next) = stack.last {
        if case .freed(let name) = node.role { freed = name }
        let operands = node.operands
        if next == operands.count {
            finished.append(node)
            stack.removeLast()
        } else {
            stack[stack.count - 1].next += 1
            if let operand = operands[next], !operand.isVisited {
                operand.isVisited = true
                stack.append((operand, 0))
            }
        }
    }
    for node in finished { node.isVisited = false }
    if let freed {
        throw AutogradError(
            .graphFreed,
            "the graph behind this tensor was used up by an earlier backward pass (at \(freed)); "
                + "pass `keepingGraph: true` to the first one")
    }
    return finished.reversed()
}
