package import Spec

/// Images of ten classes, as vectors of their pixels.
package struct ImageSet: Sendable {
    package let title: String
    package let features: Int
    private let train: SourceSpec
    private let test: SourceSpec
    private let scale: Double
    /// The part of the training images that is used at all: enough to see what is to be seen.
    private let part: Double

    /// The 1,797 digits that come with the project.
    ///
    /// - Parameter folder: The project's `Examples`.
    package static func digits(in folder: String) -> ImageSet {
        func source(_ part: String) -> SourceSpec {
            .csv(CSVSourceSpec(path: "\(folder)/digits/digits-\(part).csv.gz", label: "64", header: false))
        }
        return ImageSet(
            title: "digits", features: 64, train: source("train"), test: source("test"), scale: 16, part: 1)
    }

    /// A tenth of Fashion-MNIST's training images, and all of its test images.
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
            part: 0.1)
    }

    /// The data of a job.
    ///
    /// - Parameter share: Which part of the images is trained on; the rest is left alone.
    package func data(share: Double = 1) -> DataSpec {
        let used = share * part
        return DataSpec(
            train: train, validation: used < 1 ? .fraction(1 - used) : nil, test: test,
            scale: .divide(scale))
    }
}
