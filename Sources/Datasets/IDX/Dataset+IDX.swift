import Spec

extension Dataset {
    /// Reads a pair of IDX files, as MNIST's.
    static func readIDX(
        _ source: IDXSourceSpec, task: LearningTask, byteLimit: Int
    ) throws(DataError) -> Dataset {
        let images = try IDXFile(path: source.images, content: .images, byteLimit: byteLimit)
        let labels = try IDXFile(path: source.labels, content: .labels, byteLimit: byteLimit)
        guard images.shape[0] == labels.shape[0] else {
            throw DataError(
                .countMismatch, file: source.images,
                "this file has \(images.shape[0]) images, but \(source.labels) has \(labels.shape[0]) labels")
        }
        let targets: Targets =
            switch task {
            case .classification:
                .classes(labels.bytes.map { Int32($0) }, classCount: Int(labels.bytes.max() ?? 0) + 1)
            case .regression:
                .values(labels.bytes.map { Float($0) }, shape: [1])
            }
        return try Dataset(
            features: .bytes(images.bytes), featureShape: Array(images.shape.dropFirst()), targets: targets)
    }
}
