/// Samples: features and targets, row by row, in memory or in files.
///
/// A value of this type is a view: copies, subsets and scaled versions share one storage. Features stay in
/// the form in which they were read (one byte each for IDX) and become scaled Float32 numbers as a
/// minibatch is gathered.
public struct Dataset: Sendable {
    /// The shape of one sample's features, without the batch axis.
    public let featureShape: [Int]
    /// What is done to every feature as it is gathered.
    public let scaling: FeatureScaling
    /// What features and classes are called where they were read.
    package internal(set) var names = SampleNames()

    let features: StoredFeatures
    let targets: StoredTargets
    /// The rows of the storage that this view shows, in its order; nil stands for all of them.
    let rows: [Int32]?
    let kernel: ScalingKernel

    /// The element values of all samples one after another.
    public enum Features: Sendable {
        /// One byte an element, read as the numbers 0 to 255.
        case bytes([UInt8])
        /// Finite 32-bit numbers.
        case floats([Float])
    }

    /// What the model is to predict for each sample.
    public enum Targets: Sendable {
        /// One class index a sample, each in 0 ..< `classCount`.
        case classes([Int32], classCount: Int)
        /// `length` class indices a sample, one a position of a sequence, each in 0 ..< `classCount`.
        case sequences([Int32], length: Int, classCount: Int)
        /// The values of all samples one after another, each of `shape`.
        case values([Float], shape: [Int])
    }

    /// Makes a data set of samples that are in memory.
    ///
    /// - Parameters:
    ///   - features: `count * product(featureShape)` elements.
    ///   - featureShape: the shape of one sample; every size at least 1.
    ///   - targets: one for each sample.
    /// - Throws: `DataError` when there are no samples, when counts do not agree, or when a label is not in
    ///   0 ..< classCount.
    public init(features: Features, featureShape: [Int], targets: Targets) throws(DataError) {
        try self.init(
            stored: StoredFeatures(features), featureShape: featureShape, targets: StoredTargets(targets)
        ) { count throws(DataError) in
            try targets.check(count: count)
        }
    }

    /// Makes a data set of samples whose targets were checked as they were read.
    init(
        stored features: StoredFeatures, featureShape: [Int], targets: StoredTargets,
        check: (Int) throws(DataError) -> Void = { _ in }
    ) throws(DataError) {
        let size = try elementCount(of: featureShape, what: "features")
        let count = features.count / size
        guard count * size == features.count else {
            throw DataError(
                .wrongShape,
                "\(features.count) feature values are not a whole number of samples of shape \(featureShape)")
        }
        guard count > 0 else { throw DataError(.empty, "a data set needs at least one sample") }
        guard count <= Int(Int32.max) else {
            throw DataError(.tooLarge, "\(count) samples are too many; a data set holds at most \(Int32.max)")
        }
        try check(count)
        self.init(
            featureShape: featureShape, scaling: .none, features: features, targets: targets, rows: nil,
            kernel: ScalingKernel(.none))
    }

    init(
        featureShape: [Int], scaling: FeatureScaling, features: StoredFeatures, targets: StoredTargets,
        rows: [Int32]?,
        kernel: ScalingKernel
    ) {
        self.featureShape = featureShape
        self.scaling = scaling
        self.features = features
        self.targets = targets
        self.rows = rows
        self.kernel = kernel
    }
}

extension Dataset.Targets {
    /// Throws unless these are targets of `count` samples.
    func check(count: Int) throws(DataError) {
        switch self {
        case .classes(let labels, let classCount):
            guard labels.count == count else {
                throw DataError(.countMismatch, "there are \(count) samples but \(labels.count) labels")
            }
            try checkLabels(labels, classCount: classCount)
        case .sequences(let labels, let length, let classCount):
            let size = try elementCount(of: [length], what: "label sequences")
            guard labels.count.isMultiple(of: size), labels.count / size == count else {
                throw DataError(
                    .countMismatch,
                    "there are \(count) samples but \(labels.count) labels, where each needs \(size)")
            }
            try checkLabels(labels, classCount: classCount)
        case .values(let values, let shape):
            let size = try elementCount(of: shape, what: "targets")
            guard values.count.isMultiple(of: size), values.count / size == count else {
                throw DataError(
                    .countMismatch,
                    "there are \(count) samples but \(values.count) target values, where each needs \(size)")
            }
        }
    }
}

private func checkLabels(_ labels: [Int32], classCount: Int) throws(DataError) {
    if let label = labels.first(where: { $0 < 0 || Int($0) >= classCount }) {
        throw DataError(.badLabel, "label \(label) is not in 0 ..< \(classCount)")
    }
}

/// The number of elements of one sample of this shape.
private func elementCount(of shape: [Int], what: String) throws(DataError) -> Int {
    var size = 1
    for dimension in shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
        guard dimension >= 1, !overflow else {
            throw DataError(.wrongShape, "the shape \(shape) of \(what) is not a list of sizes of at least 1")
        }
        size = product
    }
    return size
}
