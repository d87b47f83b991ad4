/// What the name of a file or an array with samples tells: the words that people use for the parts of a data set.
package struct DataName: Equatable {
    /// What samples are for.
    package enum Role: String, CaseIterable, Sendable {
        case train
        case validation
        case test
    }

    package let role: Role
    /// Whether the name says that labels or targets are in it; nil where it says neither that nor that samples are.
    package let areLabels: Bool?
    /// The words that say neither, by which parts of one data set find each other.
    package let rest: [String]

    private static let test: Set = ["test", "t10k", "testing", "eval", "holdout"]
    private static let validation: Set = ["val", "valid", "validation", "dev"]
    private static let train: Set = ["train", "training"]
    private static let labels: Set = ["y", "label", "labels", "target", "targets", "idx1", "classes"]
    private static let features: Set = [
        "x", "image", "images", "feature", "features", "idx3", "idx2", "idx4", "data", "samples", "inputs",
    ]
    private static let endings: Set = ["csv", "gz", "npy", "npz", "ubyte", "idx", "txt", "tsv"]

    /// - Parameter name: Without the folder.
    package init(_ name: String) {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        role =
            words.contains(where: Self.test.contains)
            ? .test : words.contains(where: Self.validation.contains) ? .validation : .train
        let (isX, isY) = (
            words.contains(where: Self.features.contains), words.contains(where: Self.labels.contains)
        )
        areLabels = isX == isY ? nil : isY
        let known = [Self.test, Self.validation, Self.train, Self.labels, Self.features, Self.endings]
        rest = words.filter { word in !known.contains { $0.contains(word) } }
    }
}
