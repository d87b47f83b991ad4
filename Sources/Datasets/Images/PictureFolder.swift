import Files

/// The pictures in a folder, with the names that were found there.
struct PictureFolder {
    /// Paths from the folder on, in the order of samples.
    var files: [String]
    /// For each of them its class; none where there are no folders of classes.
    var classes: [Int32]
    /// What the classes are called, in their order.
    var classNames: [String]

    /// A folder with one folder a class: classes in the order of their names' bytes, in each of them files in the order of
    /// theirs.
    ///
    /// - Throws: `DataError` when there are no classes, or a class has no pictures.
    init(classesIn directory: String, _ opener: FileOpener) throws(DataError) {
        (files, classes, classNames) = ([], [], [])
        for folder in try Self.entries(directory, opener) where folder.isFolder {
            let pictures = try Self.pictures(in: "\(directory)/\(folder.name)", opener)
            guard !pictures.isEmpty else {
                throw DataError(
                    .empty, file: "\(directory)/\(folder.name)",
                    "the class has no pictures; put PNG or JPEG files there, or remove the folder")
            }
            files += pictures.map { "\(folder.name)/\($0)" }
            classes += [Int32](repeating: Int32(clamping: classNames.count), count: pictures.count)
            classNames.append(folder.name)
        }
        guard !classNames.isEmpty else {
            throw DataError(
                .empty, file: directory,
                "there are no folders in it, of which each would hold a class's pictures")
        }
    }

    /// A folder of pictures, or one as above whose classes do not count.
    init(anyIn directory: String, _ opener: FileOpener) throws(DataError) {
        let pictures = try Self.pictures(in: directory, opener, mayHaveFolders: true)
        files = pictures.isEmpty ? try PictureFolder(classesIn: directory, opener).files : pictures
        (classes, classNames) = ([], [])
    }

    /// Classes count in the order of their names, so one more or one less would be other classes.
    ///
    /// - Throws: `DataError` that names the first folder that differs, unless these are the classes of the training data.
    func check(_ trained: [String], _ directory: String) throws(DataError) {
        guard classNames != trained else { return }
        func listed(_ names: [String]) -> String {
            names.prefix(8).map(\.debugDescription).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
        }
        let both =
            "the classes here are \(listed(classNames)), and those of the training data \(listed(trained))"
        if let stranger = classNames.first(where: { !trained.contains($0) }) {
            throw DataError(
                .badLabel, file: "\(directory)/\(stranger)", "the training data has no such class: \(both)")
        }
        let missing = trained.first { !classNames.contains($0) } ?? ""
        throw DataError(
            .badLabel, file: directory,
            "there is no folder \(missing.debugDescription), and classes count in the order of their names: \(both)"
        )
    }

    private static func entries(
        _ directory: String, _ opener: FileOpener
    ) throws(DataError) -> [FolderEntry] {
        do {
            return try opener.entries(ofFolder: directory)
        } catch {
            throw DataError(error, directory)
        }
    }

    /// Files that are no pictures by their names are passed over, but not pictures of a kind that is not read.
    private static func pictures(
        in directory: String, _ opener: FileOpener, mayHaveFolders: Bool = false
    ) throws(DataError) -> [String] {
        var pictures: [String] = []
        for entry in try entries(directory, opener) {
            let path = "\(directory)/\(entry.name)"
            if entry.isFolder {
                guard mayHaveFolders else {
                    throw DataError(
                        .notAFile, file: path, "a folder in a class's folder is not read; move it away")
                }
                continue
            }
            let ending = entry.name.split(separator: ".").last?.lowercased() ?? ""
            if ["png", "jpg", "jpeg"].contains(ending) { pictures.append(entry.name) }
            if ["bmp", "gif", "tif", "tiff", "webp", "ppm", "pgm", "heic", "avif"].contains(ending) {
                throw DataError(
                    .unsupportedType, file: path, "only PNG and JPEG pictures are read; convert this one")
            }
        }
        return pictures
    }
}
