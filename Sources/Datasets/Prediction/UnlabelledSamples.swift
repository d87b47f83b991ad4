package import Files

/// Samples of which nobody says what they are, read from a file or a folder.
package struct UnlabelledSamples: Sendable {
    /// Not scaled.
    package let dataset: Dataset
    /// The files of a folder, one a sample; nil for all other sources.
    package let names: [String]?

    /// Reads a CSV, NPY or IDX file, a picture or a folder of pictures; what it is, its content tells.
    ///
    /// - Parameters:
    ///   - path: Absolute, or from the process's directory.
    ///   - format: What the samples look like.
    ///   - most: Of tables and pictures no more samples than these are read.
    ///   - storage: How many samples may be in memory, and where others go.
    ///   - files: How files are opened.
    /// - Throws: `DataError`, naming the file and for a table the line and column.
    package init(
        path: String, _ format: SampleFormat, most: Int = .max, storage: SampleStorage, files: FileOpener
    ) throws(DataError) {
        if files.isFolder(path) {
            var pictures = try PictureFolder(anyIn: path, files).files
            if pictures.count > most { pictures.removeLast(pictures.count - most) }
            names = pictures
            dataset = try Self.pictures(pictures, in: path, format, storage, files)
        } else {
            names = nil
            dataset = try Self.file(path, format, most, storage, files)
        }
    }

    private static func file(
        _ path: String, _ format: SampleFormat, _ most: Int, _ storage: SampleStorage, _ files: FileOpener
    ) throws(DataError) -> Dataset {
        switch try SampleFileKind(of: path, files) {
        case .npy:
            let array = try NPYArray(path: path, files)
            try SampleInput(shape: format.shape).check(array.sampleShape, file: path)
            return try Dataset(
                stored: array.features(storage), featureShape: array.sampleShape, targets: .unknown)
        case .idx:
            var images = try IDXFile(path: path, content: .images, files)
            let shape = Array(images.header.shape.dropFirst())
            try SampleInput(shape: format.shape).check(shape, file: path)
            return try Dataset(
                stored: .bytes(images.elements(storage)), featureShape: shape, targets: .unknown)
        case .picture:
            guard let slash = path.lastIndex(of: "/") else {
                return try pictures([path], in: ".", format, storage, files)
            }
            return try pictures(
                [String(path[path.index(after: slash)...])], in: String(path[..<slash]), format, storage,
                files)
        case .table: return try Dataset.readUnlabelledCSV(path, format, most, storage, files)
        }
    }

    private static func pictures(
        _ pictures: [String], in directory: String, _ format: SampleFormat, _ storage: SampleStorage,
        _ files: FileOpener
    ) throws(DataError) -> Dataset {
        guard let picture = format.picture else {
            throw DataError(
                .wrongShape, file: pictures.count == 1 ? "\(directory)/\(pictures[0])" : directory,
                "`model.input` \(format.shape) takes no pictures; those are [height, width] or [channels, height, width]"
            )
        }
        try SampleInput(shape: format.shape).check(picture.shape, file: directory)
        let samples = try picture.samples(pictures, in: directory, storage, files)
        return try Dataset(stored: .bytes(samples), featureShape: picture.shape, targets: .unknown)
    }
}
