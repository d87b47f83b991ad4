extension ScheduleSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let (kind, parameters) = node.variant else { throw node.mismatch("a schedule") }
        switch kind {
        case "constant": self.init(.constant)
        case "step": self.init(.step(try StepDecaySpec(parameters)))
        case "exponential": self.init(.exponential(try ExponentialDecaySpec(parameters)))
        case "polynomial": self.init(.polynomial(try PolynomialDecaySpec(parameters)))
        case "cosine": self.init(.cosine(try CosineSpec(parameters)))
        case "one_cycle": self.init(.oneCycle(try OneCycleSpec(parameters)))
        case "reduce_on_plateau": self.init(.reduceOnPlateau(try PlateauSpec(parameters)))
        default: throw node.mismatch("a schedule")
        }
        try parameters.read("warmup_steps", into: &warmupSteps)
    }

    var document: DocumentNode {
        let warmup = DocumentNode(["warmup_steps": warmupSteps.document])
        return switch curve {
        case .constant: DocumentNode(["constant": warmup])
        case .step(let spec): DocumentNode(["step": spec.document.merging(warmup)])
        case .exponential(let spec): DocumentNode(["exponential": spec.document.merging(warmup)])
        case .polynomial(let spec): DocumentNode(["polynomial": spec.document.merging(warmup)])
        case .cosine(let spec): DocumentNode(["cosine": spec.document.merging(warmup)])
        case .oneCycle(let spec): DocumentNode(["one_cycle": spec.document.merging(warmup)])
        case .reduceOnPlateau(let spec): DocumentNode(["reduce_on_plateau": spec.document.merging(warmup)])
        }
    }
}
