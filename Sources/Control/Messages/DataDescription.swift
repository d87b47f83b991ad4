/// The body of `POST /v1/data/description`.
public struct DescribeRequest: Codable, Sendable, Equatable {
    /// The absolute path of a file or a folder. The daemon opens it with the rights of who asks.
    public var path: String

    public init(path: String) {
        self.path = path
    }
}

/// What a file or a folder holds, as far as a job file needs to know: the answer to `POST /v1/data/description`.
public struct DataDescription: Codable, Sendable, Equatable {
    /// What it is read as, whatever it is called.
    public enum Format: String, Codable, Sendable, CaseIterable {
        /// A table, plain or gzip-compressed.
        case csv
        /// One IDX file, of samples or of labels.
        case idx
        /// One NumPy array.
        case npy
        /// An archive of NumPy arrays.
        case npz
        /// A folder of pictures, one folder a class.
        case images
    }

    public var format: Format
    /// Whether the first line of a table names its columns.
    public var header: Bool
    /// A table's columns, an archive's arrays, a file's one array; the pictures of a folder as one array of bytes.
    public var arrays: [Values]
    /// What the folders of pictures are called; empty for other formats.
    public var classes: [String]

    public init(format: Format, header: Bool = false, arrays: [Values], classes: [String] = []) {
        self.format = format
        self.header = header
        self.arrays = arrays
        self.classes = classes
    }

    /// Numbers that belong together.
    public struct Values: Codable, Sendable, Equatable {
        /// A column's name, or its index from 0 where there is no header; an array's name in an archive, else empty.
        public var name: String
        /// The first size is the number of samples.
        public var shape: [Int]
        /// null where there is no finite number.
        @ExplicitNull public var minimum: Double?
        @ExplicitNull public var maximum: Double?
        /// Whether all are whole numbers.
        public var isWhole: Bool
        /// How many different ones there are; null for more than 1,000.
        @ExplicitNull public var distinct: Int?
        /// Why they cannot be trained on, for example text in a column; null if they can.
        @ExplicitNull public var problem: String?
        /// Of a column that has nothing but words, of which there are at most 100: all of them, as classes they would count in
        /// this order. Empty for all others.
        public var words: [String]

        public init(
            name: String, shape: [Int], minimum: Double?, maximum: Double?, isWhole: Bool, distinct: Int?,
            problem: String? = nil, words: [String] = []
        ) {
            self.name = name
            self.shape = shape
            self.minimum = minimum
            self.maximum = maximum
            self.isWhole = isWhole
            self.distinct = distinct
            self.problem = problem
            self.words = words
        }
    }
}
