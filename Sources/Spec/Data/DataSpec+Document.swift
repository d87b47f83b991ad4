extension DataSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(train: try node.required("train"))
        try node.read("validation", into: &validation)
        try node.read("test", into: &test)
        try node.read("scale", into: &scale)
        try node.read("shuffle", into: &shuffle)
    }

    var document: DocumentNode {
        DocumentNode([
            "train": train.document, "validation": validation?.document, "test": test?.document,
            "scale": scale.document, "shuffle": shuffle.document,
        ])
    }
}

extension IDXSourceSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(images: try node.required("images"), labels: try node.required("labels"))
    }

    var document: DocumentNode { DocumentNode(["images": images.document, "labels": labels.document]) }
}

extension CSVSourceSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        var labels: [String] = []
        if case .list(let columns) = node["label"]?.value {
            for column in columns { labels.append(try column.column) }
        } else if let column = node["label"] {
            labels = [try column.column]
        }
        self.init(path: try node.required("path"), labels: labels)
        try node.read("header", into: &header)
    }

    var document: DocumentNode {
        let label = labels.count == 1 ? labels[0].document : labels.document
        return DocumentNode(["path": path.document, "label": label, "header": header.document])
    }
}

extension DocumentNode {
    /// `3` is a number to YAML and the column of that index, or of that name, to us.
    fileprivate var column: String {
        get throws(SpecError) {
            if let natural { return String(natural) }
            return try String(self)
        }
    }
}

extension ValidationSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        if case ("fraction", let fraction)? = node.variant {
            self = .fraction(try Double(fraction))
        } else {
            self = .source(try SourceSpec(node))
        }
    }

    var document: DocumentNode {
        switch self {
        case .fraction(let fraction): DocumentNode(["fraction": fraction.document])
        case .source(let source): source.document
        }
    }
}

extension ScaleSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        switch node.variant {
        case ("none", _)?: self = .none
        case ("standardize", _)?: self = .standardize
        case ("divide", let divisor)?: self = .divide(try Double(divisor))
        default: throw node.mismatch("a scaling")
        }
    }

    var document: DocumentNode {
        switch self {
        case .none: "none".document
        case .standardize: "standardize".document
        case .divide(let divisor): DocumentNode(["divide": divisor.document])
        }
    }
}
