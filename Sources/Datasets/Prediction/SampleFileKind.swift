import Files
import NumPy

/// What a file of samples is, by its first bytes.
enum SampleFileKind {
    case npy
    case idx
    case picture
    case table

    init(of path: String, _ files: FileOpener) throws(DataError) {
        var start: [UInt8] = []
        var file = try InputFile(path: path, files)
        try file.read(512, appendingTo: &start)
        if NPYHeader.begins(start) {
            self = .npy
        } else if PictureFormat.isPicture(start) {
            self = .picture
        } else if start.count >= 4, start[0] == 0, start[1] == 0, (1...4).contains(start[3]) {
            self = .idx
        } else if start.starts(with: Array("PK".utf8)) {
            throw DataError(
                .wrongFormat, file: path,
                "this is an archive; of several arrays save the one with the samples by numpy.save")
        } else if let guess = FileGuess.noTable(start) {
            throw DataError(
                .wrongFormat, file: path,
                "this is \(guess), and none of the kinds that are read: CSV, NPY, IDX, PNG, JPEG, a folder of pictures"
            )
        } else {
            self = .table
        }
    }
}
