import Files

/// A file of named Float32 tensors.
protocol TensorFile {
    /// What its tensors are called.
    var names: Set<String> { get }
    /// What it says of itself; nil where it says nothing.
    var layoutName: String? { get }

    /// The values of a tensor.
    ///
    /// - Parameters:
    ///   - name: Of the tensor.
    ///   - shape: The one that it must have.
    /// - Returns: Them, row by row.
    /// - Throws: `WeightsError` when there is none, or one of another shape or type.
    func values(of name: String, shape: [Int]) throws(WeightsError) -> [Float]

    /// Makes sure that nothing is wrong with what was not read.
    func checkTheRest() throws(WeightsError)
}

/// Opens a file of either format, which its first bytes tell.
///
/// - Throws: `WeightsError`.
func openTensorFile(_ path: String, _ files: FileOpener) throws(WeightsError) -> any TensorFile {
    let bytes = try WeightsBytes(path: path, files)
    // An archive begins with a file, or with its directory if it has none.
    let archives: [[UInt8]] = [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]]
    if bytes.size >= 4, archives.contains(Array(try bytes.read(4, at: 0))) { return try NPZFile(bytes) }
    return try SafetensorsFile(bytes)
}
