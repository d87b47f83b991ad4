import Files
import Spec

extension Dataset {
    /// Reads a pair of IDX files, as MNIST's.
    static func readIDX(
        _ source: IDXSourceSpec, _ input: SampleInput?, task: LearningTask, storage: SampleStorage,
        _ files: FileOpener
    ) throws(DataError) -> Dataset {
        var images = try IDXFile(path: source.images, content: .images, files)
        var labels = try IDXFile(path: source.labels, content: .labels, files)
        let (shape, labelShape) = (images.header.shape, labels.header.shape)
        guard shape[0] == labelShape[0] else {
            throw DataError(
                .countMismatch, file: source.images,
                "this file has \(shape[0]) images, but \(source.labels) has \(labelShape[0]) labels")
        }
        try input?.check(Array(shape.dropFirst()), file: source.images)
        let features = try images.elements(storage)
        let rest = storage.reduced(by: features.memoryBytes)
        let targets: StoredTargets
        switch task {
        case .classification:
            var largest: UInt8 = 0
            let classes = try readLabels(&labels, of: source, rest) { label in
                largest = max(largest, label)
                return Int32(label)
            }
            targets = .classes(classes, classCount: Int(largest) + 1)
        case .regression:
            targets = .values(try readLabels(&labels, of: source, rest) { Float($0) }, shape: [1])
        }
        return try Dataset(
            stored: .bytes(features), featureShape: Array(shape.dropFirst()), targets: targets)
    }

    private static func readLabels<Target>(
        _ labels: inout IDXFile, of source: IDXSourceSpec, _ storage: SampleStorage,
        _ target: (UInt8) -> Target
    ) throws(DataError) -> SampleStore<Target> {
        var targets = SampleWriter<Target>(path: source.labels, storage: storage)
        if labels.header.payloadSize * MemoryLayout<Target>.stride > storage.memoryLimit {
            try targets.spill()
        }
        try labels.readPieces { bytes throws(DataError) in
            for byte in bytes { targets.held.append(target(byte)) }
            try targets.flush()
        }
        return try targets.finish()
    }
}
