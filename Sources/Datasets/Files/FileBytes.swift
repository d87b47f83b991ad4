import Files

/// The content of an ``InputFile``.
final class FileBytes: ByteSource {
    private var file: InputFile

    init(path: String, _ files: FileOpener) throws(DataError) {
        file = try InputFile(path: path, files)
    }

    var name: String { file.path }
    var contentLimit: Int { file.contentLimit }
    var size: Int? { file.plainSize }

    func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(DataError) {
        try file.read(count, appendingTo: &bytes)
    }

    func readingWhereItLies() throws(DataError) -> SampleFile? {
        file.plainSize == nil ? nil : try file.readingWhereItLies()
    }
}
