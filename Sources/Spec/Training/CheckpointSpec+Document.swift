extension CheckpointSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("every_steps", into: &everySteps)
        try node.read("every_seconds", into: &everySeconds)
        try node.read("keep_last", into: &keepLast)
        try node.read("keep_every", into: &keepEvery)
        try node.read("keep_best", into: &keepBest)
    }

    var document: DocumentNode {
        DocumentNode([
            "every_steps": everySteps?.document, "every_seconds": everySeconds?.document,
            "keep_last": keepLast.document, "keep_every": keepEvery?.document,
            "keep_best": keepBest?.document,
        ])
    }
}

extension CheckpointSpec.KeepBest: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(metric: try node.required("metric"), mode: try node.required("mode"))
    }

    var document: DocumentNode { DocumentNode(["metric": metric.document, "mode": mode.document]) }
}
