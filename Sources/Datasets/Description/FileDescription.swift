package import Files
import NumPy

/// What a file or a folder with samples or labels holds, as far as it can be told without knowing which of both it is.
package struct FileDescription: Sendable, Equatable {
    /// What it is read as, which its first bytes tell.
    package enum Format: Sendable, Equatable {
        case csv
        case idx
        case npy
        case npz
        case images
    }

    /// A column of a table, or an array.
    package struct Values: Sendable, Equatable {
        /// A column's name, or its index from 0; an array's name in an archive, else empty.
        package var name: String
        /// The first size is the number of samples.
        package var shape: [Int]
        package var summary: ValueSummary
        /// Why they cannot be trained on; nil if they can.
        package var problem: String?
        /// Of a column that has nothing but words, and few of them: all of them, in the order of their bytes. Such may be classes.
        package var words: [String] = []
    }

    package let format: Format
    /// Whether the first line of a table names its columns.
    package let hasHeader: Bool
    package let values: [Values]
    /// What the classes of a folder of pictures are called; empty for files.
    package let classes: [String]

    /// Reads the whole file, or some of a folder's pictures.
    ///
    /// - Parameters:
    ///   - path: Of a file, plain or gzip-compressed, or of a folder.
    ///   - files: Whose rights it is opened with.
    /// - Throws: `DataError` when it cannot be read, or is nothing that samples are read from.
    package init(path: String, _ files: FileOpener) throws(DataError) {
        var (hasHeader, classes) = (false, [String]())
        format = try FileDescription.format(of: path, files)
        switch format {
        case .csv: (hasHeader, values) = try TableDescription.read(path, files)
        case .idx: values = [try FileDescription.idx(path, files)]
        case .npy, .npz: values = try FileDescription.arrays(path, format, files)
        case .images:
            let (pictures, names) = try FileDescription.pictures(path, files)
            (values, classes) = ([pictures], names)
        }
        (self.hasHeader, self.classes) = (hasHeader, classes)
    }

    private static func format(of path: String, _ files: FileOpener) throws(DataError) -> Format {
        guard !files.isFolder(path) else { return .images }
        var file = try InputFile(path: path, files)
        var start: [UInt8] = []
        try file.read(4096, appendingTo: &start)
        guard !start.isEmpty else { throw DataError(.empty, file: path, "the file is empty") }
        if NPYHeader.begins(start) { return .npy }
        if start.starts(with: Array("PK".utf8)) { return .npz }
        if start.starts(with: [0, 0]) { return .idx }
        if let guess = FileGuess.noTable(start) {
            throw DataError(
                .wrongFormat, file: path,
                "this is \(guess), and no table of numbers (CSV), no IDX file and no NumPy file (.npy, .npz)")
        }
        return .csv
    }

    private static func idx(_ path: String, _ files: FileOpener) throws(DataError) -> Values {
        var file = try InputFile(path: path, files)
        let shape = try IDXHeader(reading: &file, expecting: "00 00 08 03").shape
        var idx = try IDXFile(path: path, content: shape.count == 1 ? .labels : .images, files)
        var summary = ValueSummary()
        try idx.readPieces { piece throws(DataError) in summary.add(piece) }
        return Values(name: "", shape: shape, summary: summary)
    }
}
