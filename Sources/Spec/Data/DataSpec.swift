/// Where the samples come from and what is done to them before the first layer sees them.
public struct DataSpec: Sendable, Equatable {
    /// The samples to train on.
    public var train: SourceSpec
    /// The samples that are scored after each epoch; nil for none.
    public var validation: ValidationSpec?
    /// The samples that are scored when somebody asks; nil for none.
    public var test: SourceSpec?
    /// What is done to every feature value.
    public var scale: ScaleSpec
    /// Whether each epoch visits the samples in an order of its own (a function of seed and epoch) or in file
    /// order.
    public var shuffle: Bool

    /// Training samples alone, in an order drawn for each epoch, unless told otherwise.
    public init(
        train: SourceSpec, validation: ValidationSpec? = nil, test: SourceSpec? = nil,
        scale: ScaleSpec = .none,
        shuffle: Bool = true
    ) {
        self.train = train
        self.validation = validation
        self.test = test
        self.scale = scale
        self.shuffle = shuffle
    }
}

/// One source of samples: a kind of file and what is needed to read it.
public enum SourceSpec: Sendable, Equatable {
    case idx(IDXSourceSpec)
    case csv(CSVSourceSpec)
    case npy(NPYSourceSpec)
    case npz(NPZSourceSpec)
    case images(ImagesSourceSpec)
}

/// A pair of IDX files (the format of MNIST), plain or gzip-compressed.
public struct IDXSourceSpec: Sendable, Equatable {
    /// The path of the samples' file.
    public var images: String
    /// The path of the labels' file: class indices, one a sample.
    public var labels: String

    /// The samples of one file with the labels of another.
    public init(images: String, labels: String) {
        self.images = images
        self.labels = labels
    }
}

/// A table of numbers with one row a sample, plain or gzip-compressed.
public struct CSVSourceSpec: Sendable, Equatable {
    /// The path of the table.
    public var path: String
    /// The columns that hold the label or the targets: their names when the file has a header, else their
    /// indices from 0.
    public var labels: [String]
    /// Whether the first line names the columns.
    public var header: Bool

    /// A table with a header unless told otherwise.
    public init(path: String, label: String, header: Bool = true) {
        self.init(path: path, labels: [label], header: header)
    }

    /// A table with several targets in a row, in this order.
    public init(path: String, labels: [String], header: Bool = true) {
        self.path = path
        self.labels = labels
        self.header = header
    }
}

/// Where the samples that are scored after each epoch come from.
public enum ValidationSpec: Sendable, Equatable {
    /// This part of the training samples, chosen by the job's seed and then never trained on; 0 < fraction <
    /// 1.
    case fraction(Double)
    case source(SourceSpec)
}

/// What is done to every feature value.
public enum ScaleSpec: Sendable, Equatable {
    case none
    /// Divides by this number; not zero.
    case divide(Double)
    /// Subtracts the mean and divides by the standard deviation of each feature, both taken over the training
    /// samples.
    case standardize
}
