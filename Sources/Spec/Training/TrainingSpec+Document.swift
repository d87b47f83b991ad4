extension TrainingSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        let length: Length
        if let epochs = node["epochs"] {
            length = .epochs(try Int(epochs))
        } else {
            length = .steps(try node.required("steps"))
        }
        self.init(length: length)
        try node.read("batch_size", into: &batchSize)
        try node.read("shards", into: &shards)
        try node.read("workers", into: &workers)
        try node.read("on_nonfinite", into: &onNonfinite)
        try node.read("clip_norm", into: &clipNorm)
        try node.read("clip_value", into: &clipValue)
        try node.read("ema", into: &ema)
        try node.read("early_stopping", into: &earlyStopping)
    }

    var document: DocumentNode {
        let (epochs, steps): (Int?, Int?) =
            switch length {
            case .epochs(let count): (count, nil)
            case .steps(let count): (nil, count)
            }
        return DocumentNode([
            "epochs": epochs?.document, "steps": steps?.document, "batch_size": batchSize.document,
            "shards": shards?.document, "workers": workers.document, "on_nonfinite": onNonfinite.document,
            "clip_norm": clipNorm?.document, "clip_value": clipValue?.document, "ema": ema?.document,
            "early_stopping": earlyStopping?.document,
        ])
    }
}

extension WorkerCount: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self = node.string == "auto" ? .auto : .count(try Int(node))
    }

    var document: DocumentNode {
        switch self {
        case .auto: "auto".document
        case .count(let count): count.document
        }
    }
}

extension NonfinitePolicy: DocumentValue {}
