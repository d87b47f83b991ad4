extension SourceSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        switch node.variant {
        case ("idx", let parameters)?: self = .idx(try IDXSourceSpec(parameters))
        case ("csv", let parameters)?: self = .csv(try CSVSourceSpec(parameters))
        case ("npy", let parameters)?: self = .npy(try NPYSourceSpec(parameters))
        case ("npz", let parameters)?: self = .npz(try NPZSourceSpec(parameters))
        case ("images", let parameters)?: self = .images(try ImagesSourceSpec(parameters))
        default: throw node.mismatch("a source")
        }
    }

    var document: DocumentNode {
        switch self {
        case .idx(let source): DocumentNode(["idx": source.document])
        case .csv(let source): DocumentNode(["csv": source.document])
        case .npy(let source): DocumentNode(["npy": source.document])
        case .npz(let source): DocumentNode(["npz": source.document])
        case .images(let source): DocumentNode(["images": source.document])
        }
    }
}

extension NPYSourceSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(features: try node.required("features"), labels: try node.required("labels"))
    }

    var document: DocumentNode { DocumentNode(["features": features.document, "labels": labels.document]) }
}

extension NPZSourceSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(
            path: try node.required("path"), features: try node.required("features"),
            labels: try node.required("labels"))
    }

    var document: DocumentNode {
        DocumentNode(["path": path.document, "features": features.document, "labels": labels.document])
    }
}

extension ImagesSourceSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let size = node["size"] else {
            throw node.error(at: .root.appending("size"), "the key is missing")
        }
        self.init(directory: try node.required("directory"), size: try [Int](sizes: size, axes: 2))
        try node.read("channels", into: &channels)
    }

    var document: DocumentNode {
        DocumentNode([
            "directory": directory.document, "size": size.document, "channels": channels.document,
        ])
    }
}
