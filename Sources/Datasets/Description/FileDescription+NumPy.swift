import Files

extension FileDescription {
    /// The arrays of a NumPy file.
    static func arrays(
        _ path: String, _ format: Format, _ files: FileOpener
    ) throws(DataError) -> [Values] {
        throw DataError(.wrongFormat, file: path, "NumPy's files cannot be read by this version")
    }
}
