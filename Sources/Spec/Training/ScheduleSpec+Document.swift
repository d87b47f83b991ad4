extension ScheduleSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        switch node.variant {
        case ("constant", _)?: self = .constant
        case ("cosine", let parameters)?: self = .cosine(try CosineSpec(parameters))
        default: throw node.mismatch("a schedule")
        }
    }

    var document: DocumentNode {
        switch self {
        case .constant: "constant".document
        case .cosine(let cosine): DocumentNode(["cosine": cosine.document])
        }
    }
}

extension CosineSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("warmup_steps", into: &warmupSteps)
    }

    var document: DocumentNode { DocumentNode(["warmup_steps": warmupSteps.document]) }
}
