extension MetricSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        switch node.variant {
        case ("top_k_accuracy", let parameters)?: self = .topKAccuracy(k: try parameters.required("k"))
        case ("top_5_accuracy", _)?: self = .topKAccuracy(k: 5)
        case (let word, _)?:
            guard let metric = MetricSpec.words.first(where: { $0.name == word }) else { fallthrough }
            self = metric
        default: throw node.mismatch("a metric")
        }
    }

    var document: DocumentNode {
        guard case .topKAccuracy(let k) = self else { return name.document }
        return DocumentNode(["top_k_accuracy": DocumentNode(["k": k.document])])
    }
}
