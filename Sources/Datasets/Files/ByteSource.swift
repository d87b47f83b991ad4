/// The bytes of one file, or of one part of an archive, from front to back.
protocol ByteSource: AnyObject {
    /// What sentences call it.
    var name: String { get }
    /// There are no more bytes than this.
    var contentLimit: Int { get }
    /// How many there are, if that is known.
    var size: Int? { get }

    /// Appends the next `count` bytes, or as many as are left.
    ///
    /// - Throws: `DataError` when they cannot be read.
    func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(DataError)

    /// The file itself, to be read where it lies; nil where the bytes do not lie in it as they are.
    func readingWhereItLies() throws(DataError) -> SampleFile?
}
