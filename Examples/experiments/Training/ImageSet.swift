package import Datasets
import Spec

/// Images of ten classes, as vectors of their pixels.
package struct ImageSet: Sendable {
    package let title: String
    package let features: Int
    private let train: SourceSpec
    private let test: SourceSpec
    /// What every pixel is divided by.
    private let scale: Float
    /// The most images that are used of each source: enough to see what is to be seen.
    private let most: (train: Int, test: Int)

    /// The 1,797 digits that come with the project.
    ///
    /// - Parameter folder: The project's `Examples`.
    /// - Returns: all of them; nothing is read yet.
    package static func digits(in folder: String) -> ImageSet {
        func source(_ part: String) -> SourceSpec {
            .csv(CSVSourceSpec(path: "\(folder)/digits/digits-\(part).csv.gz", label: "64", header: false))
        }
        return ImageSet(
            title: "digits", features: 64, train: source("train"), test: source("test"), scale: 16,
            most: (.max, .max))
    }

    /// 6,000 of Fashion-MNIST's training images and 2,000 of its test images.
    package static func fashion() -> ImageSet {
        let folder = "/usr/share/datasets/fashion-mnist"
        func source(_ part: String) -> SourceSpec {
            .idx(
                IDXSourceSpec(
                    images: "\(folder)/\(part)-images-idx3-ubyte.gz",
                    labels: "\(folder)/\(part)-labels-idx1-ubyte.gz"))
        }
        return ImageSet(
            title: "Fashion-MNIST", features: 784, train: source("train"), test: source("t10k"), scale: 255,
            most: (6000, 2000))
    }

    /// Images to train on, and others to test on.
    package struct Samples: Sendable {
        package var train: Dataset
        package var test: Dataset
    }

    /// Reads the images.
    ///
    /// - Parameter training: How many are trained on, taken at equal distances; nil for all.
    /// - Returns: the images, scaled.
    /// - Throws: `DataError` that names the file.
    package func samples(training: Int? = nil) throws -> Samples {
        Samples(
            train: try read(train, most: min(training ?? .max, most.train)),
            test: try read(test, most: most.test))
    }

    private func read(_ source: SourceSpec, most: Int) throws -> Dataset {
        let all = try Dataset.load(source, task: .classification).scaled(by: .divide(by: scale))
        if all.count <= most { return all }
        return all.subset(rows: (0..<most).map { Int32($0 * all.count / most) })
    }
}
