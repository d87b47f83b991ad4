package import Parallel

/// What there is to tell of each sample.
package struct PredictionShape: Sendable {
    package let kind: PredictionKind
    /// Of the probabilities or values of a sample.
    package let shape: [Int]
    /// Classes of a sample: one, one a position, or none.
    package let classes: Int
    /// The file of each sample, where they are those of a folder.
    package let files: [String]?
    /// What classes are called, where that is known.
    package let classNames: [String]?

    package init(
        kind: PredictionKind, shape: [Int], classes: Int, files: [String]? = nil, classNames: [String]? = nil
    ) {
        (self.kind, self.shape, self.classes) = (kind, shape, classes)
        (self.files, self.classNames) = (files, classNames)
    }

    /// Numbers that are told of a sample.
    var size: Int { shape.reduce(1, *) }
    /// Whether each position of a sequence has a class of its own.
    var isSequence: Bool { kind == .classes && shape.count > 1 }

    /// What a class is called; nil where nobody knows.
    func name(of label: Int32) -> String? {
        guard let classNames, classNames.indices.contains(Int(label)) else { return nil }
        return classNames[Int(label)]
    }
}

/// Writes predictions in one of the formats, chunk by chunk.
package protocol PredictionWriter: Sendable {
    /// What comes before the first sample.
    var head: [UInt8] { get }
    /// What comes behind the last.
    var end: [UInt8] { get }

    /// - Parameters:
    ///   - chunk: Begins with the first of the samples, and may have more than are asked for.
    ///   - samples: Counted from the first of the input.
    /// - Returns: What they are written as.
    func body(of chunk: PredictedChunk, _ samples: Range<Int>) -> [UInt8]
}
