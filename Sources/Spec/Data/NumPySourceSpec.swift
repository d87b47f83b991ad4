/// A pair of NumPy's `.npy` files, plain or gzip-compressed.
public struct NPYSourceSpec: Sendable, Equatable {
    /// The path of the samples: an array with one of them along its first axis.
    public var features: String
    /// The path of the labels, [samples], or of several labels or targets a sample, [samples, columns].
    public var labels: String

    /// The samples of one file with the labels of another.
    public init(features: String, labels: String) {
        self.features = features
        self.labels = labels
    }
}

/// Two arrays of one `.npz` archive, as `numpy.savez` writes it.
public struct NPZSourceSpec: Sendable, Equatable {
    /// The path of the archive.
    public var path: String
    /// The name of the samples' array in it: one sample along its first axis.
    public var features: String
    /// The name of the labels' array: [samples] or [samples, columns].
    public var labels: String

    /// Two arrays of one archive.
    public init(path: String, features: String, labels: String) {
        self.path = path
        self.features = features
        self.labels = labels
    }
}
