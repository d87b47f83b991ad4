extension JobSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(
            data: try node.required("data"), model: try node.required("model"),
            loss: try node.required("loss"),
            optimizer: try node.required("optimizer"), training: try node.required("training"))
        try node.read("name", into: &name)
        try node.read("seed", into: &seed)
        try node.read("metrics", into: &metrics)
        try node.read("schedule", into: &schedule)
        try node.read("checkpoint", into: &checkpoint)
        try node.read("restart", into: &restart)
        try node.read("cluster", into: &cluster)
    }

    var document: DocumentNode {
        DocumentNode([
            "name": name.document, "seed": seed.document, "data": data.document, "model": model.document,
            "loss": loss.document, "metrics": metrics?.document,
            "optimizer": optimizer.document, "training": training.document,
            "schedule": schedule.document, "checkpoint": checkpoint.document, "restart": restart?.document,
            "cluster": cluster?.document,
        ])
    }

    /// Reads a whole job: the grammar first, then the rules that join its parts.
    ///
    /// - Throws: The first problem in file order.
    init(checking node: DocumentNode) throws(SpecError) {
        try Grammar.mapping(JobFormat.job).check(node, at: .root)
        try self.init(node)
        var first: (problem: SpecError, line: Int)?
        for problem in problems {
            let placed = node.placing(problem)
            let line = placed.line ?? .max
            if first.map({ line < $0.line }) ?? true { first = (placed, line) }
        }
        if let first { throw first.problem }
    }
}

extension DocumentNode {
    /// The problem with the place in the text that its key points to.
    fileprivate func placing(_ problem: SpecError) -> SpecError {
        guard let path = DocumentPath(problem.key) else { return problem }
        return SpecError(origin: origin(along: path), key: problem.key, problem.problem)
    }
}
