/// Something about samples that is wrong, in a sentence: which file and line, what, and what would be right.
public struct DataError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of problem, for a program; `description` is for a person.
    public var code: Code
    /// The file as it was named to the reader; nil when the samples did not come from a file.
    public var file: String?
    /// Counted from 1; nil for binary files and for problems of a file as a whole.
    public var line: Int?
    /// The column of a table, by its name or by its index from 0.
    public var column: String?
    /// What is wrong and what would be right.
    public var problem: String

    /// What can be wrong with samples.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no such file.
        case missingFile
        /// The file exists but cannot be opened or read.
        case unreadable
        /// The path names a directory, a device or a pipe.
        case notAFile
        /// A file was changed while its samples were in use.
        case changed
        /// There is no room on a disk for decoded samples.
        case noSpace
        /// Decoded samples cannot be written to a disk.
        case unwritable
        /// There are no samples.
        case empty
        /// There are more samples, or longer lines, than can be read.
        case tooLarge
        /// The gzip data is damaged or ends early.
        case corruptGzip
        /// The file is not of the format it was read as.
        case wrongFormat
        /// The elements have a type that is not read.
        case unsupportedType
        /// The number of axes or of elements is not what is needed.
        case wrongShape
        /// The file ends before its last sample.
        case truncated
        /// The file goes on after its last sample.
        case trailingBytes
        /// There are not as many labels as samples.
        case countMismatch
        /// A line has more or fewer columns than the first one.
        case wrongColumnCount
        /// The label column does not exist, or more than one has its name.
        case labelColumn
        /// The columns of a table are called otherwise than those of the training data.
        case columnNames
        /// A field is not a number.
        case notANumber
        /// A number is NaN, infinite, or beyond what 32-bit floating point holds.
        case nonFinite
        /// A label is not a class index.
        case badLabel
        /// A scaling cannot be computed or does not fit the features.
        case badScale
    }

    /// Makes an error; whatever is nil is left out of the sentence.
    public init(
        _ code: Code, file: String? = nil, line: Int? = nil, column: String? = nil, _ problem: String
    ) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
    }

    /// `FILE:LINE: column NAME: PROBLEM`.
    public var description: String {
        var place = file ?? ""
        if let line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
        let parts = [place, column.map { "column \($0)" } ?? "", problem].filter { !$0.isEmpty }
        return parts.joined(separator: ": ")
    }
}
