package import Files
package import Spec

extension Dataset {
    /// Reads a pair of NPY files.
    static func readNPY(
        _ source: NPYSourceSpec, _ input: SampleInput?, task: LearningTask, storage: SampleStorage,
        _ files: FileOpener
    ) throws(DataError) -> Dataset {
        try read(
            NPYArray(path: source.features, files), NPYArray(path: source.labels, files), input, task: task,
            storage)
    }

    /// Reads two arrays of an NPZ archive.
    static func readNPZ(
        _ source: NPZSourceSpec, _ input: SampleInput?, task: LearningTask, storage: SampleStorage,
        _ files: FileOpener
    ) throws(DataError) -> Dataset {
        try read(
            NPYArray(archive: source.path, array: source.features, files),
            NPYArray(archive: source.path, array: source.labels, files), input, task: task,
            storage)
    }

    private static func read(
        _ features: NPYArray, _ labels: NPYArray, _ input: SampleInput?, task: LearningTask,
        _ storage: SampleStorage
    ) throws(DataError) -> Dataset {
        try input?.check(features.sampleShape, file: features.name)
        guard features.count == labels.count else {
            throw DataError(
                .countMismatch, file: features.name,
                "this array has \(features.count) samples, but \(labels.name) has \(labels.count) labels")
        }
        let stored = try features.features(storage)
        let targets = try labels.targets(task, storage.reduced(by: stored.memoryBytes))
        return try Dataset(stored: stored, featureShape: features.sampleShape, targets: targets)
    }
}

extension SourceSpec {
    /// How many labels or targets a sample of this source has, for which a file is looked at where only that tells.
    ///
    /// - Throws: `DataError` when that is needed and cannot be done.
    package func labelColumns(_ files: FileOpener) throws(DataError) -> Int {
        switch self {
        case .npy(let pair): try NPYArray(path: pair.labels, files).sampleSize
        case .npz(let archive):
            try NPYArray(archive: archive.path, array: archive.labels, files).sampleSize
        case .idx, .csv, .images: labelColumns ?? 1
        }
    }
}
