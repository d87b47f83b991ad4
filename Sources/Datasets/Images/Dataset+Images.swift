package import Files
package import Spec

extension Dataset {
    /// Reads a folder of pictures with one folder a class.
    static func readImages(
        _ source: ImagesSourceSpec, _ input: SampleInput?, task: LearningTask, storage: SampleStorage,
        _ files: FileOpener, like trained: SampleNames? = nil
    ) throws(DataError) -> Dataset {
        let format = PictureFormat(source)
        try input?.check(format.shape, file: source.directory)
        let folder = try PictureFolder(classesIn: source.directory, files)
        if let classes = trained?.classes { try folder.check(classes, source.directory) }
        let features = try format.samples(folder.files, in: source.directory, storage, files)
        let targets: StoredTargets =
            switch task {
            case .classification: .classes(.memory(folder.classes), classCount: folder.classNames.count)
            case .regression: .values(.memory(folder.classes.map { Float($0) }), shape: [1])
            }
        var dataset = try Dataset(stored: .bytes(features), featureShape: format.shape, targets: targets)
        dataset.names = SampleNames(classes: folder.classNames)
        return dataset
    }
}

extension PictureFormat {
    init(_ source: ImagesSourceSpec) {
        self.init(height: source.size[0], width: source.size[1], channels: source.channels)
    }

    /// Decodes pictures one after another: into memory, or as `storage` says if they are too many for it.
    func samples(
        _ pictures: [String], in directory: String, _ storage: SampleStorage, _ files: FileOpener
    ) throws(DataError) -> SampleStore<UInt8> {
        var samples = SampleWriter<UInt8>(path: directory, storage: storage)
        if pictures.count > storage.memoryLimit / size { try samples.spill() }
        for picture in pictures {
            samples.held += try sample(of: "\(directory)/\(picture)", files)
            try samples.flush()
        }
        return try samples.finish()
    }
}

extension DataError {
    /// The same of a file, where none is named.
    package func inFile(_ path: String) -> DataError {
        var error = self
        error.file = file ?? path
        return error
    }
}

extension SourceSpec {
    /// The file or folder that the samples are in.
    package var samplesPath: String {
        switch self {
        case .idx(let pair): pair.images
        case .csv(let table): table.path
        case .npy(let pair): pair.features
        case .npz(let archive): archive.path
        case .images(let folder): folder.directory
        }
    }

    /// What the source's classes are called now, in their order; nil where nobody says, or the folder cannot be read.
    package func classNames(_ files: FileOpener) -> [String]? {
        guard case .images(let folder) = self else { return nil }
        return try? files.entries(ofFolder: folder.directory).filter(\.isFolder).map(\.name)
    }
}
