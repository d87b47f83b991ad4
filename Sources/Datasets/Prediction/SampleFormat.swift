package import Spec

/// What a job's samples look like in a file that somebody wants predictions for.
package struct SampleFormat: Sendable {
    /// What the model takes.
    let shape: [Int]
    /// How the job's tables are made up; nil where it was trained on others.
    let table: CSVSourceSpec?
    /// What the columns of the table were called that it was trained on; nil where nobody knows.
    let names: SampleNames?
    /// What becomes of a picture; nil where the model takes none.
    let picture: PictureFormat?

    /// Numbers in a sample.
    var size: Int { shape.reduce(1, *) }

    /// - Parameters:
    ///   - source: What the job was trained on.
    ///   - input: The shape of a sample as the model takes it.
    ///   - names: What was kept of the samples that it was trained on.
    package init(trainedOn source: SourceSpec, input: [Int], names: SampleNames? = nil) {
        shape = input
        self.names = names
        table = if case .csv(let table) = source { table } else { nil }
        picture =
            if case .images(let folder) = source { PictureFormat(folder) } else {
                PictureFormat(shape: input)
            }
    }
}

extension PictureFormat {
    /// The pictures that a model of this input may have been trained on: [channels, height, width], [height, width], or one
    /// axis that is the square of a side, as MNIST's are; nil for any other. What such an axis holds need be no picture, so there
    /// only one of exactly that size is taken.
    init?(shape: [Int]) {
        switch shape.count {
        case 3 where shape[0] == 1 || shape[0] == 3:
            self.init(height: shape[1], width: shape[2], channels: shape[0])
        case 2: self.init(height: shape[0], width: shape[1], channels: 1)
        case 1:
            let side = Int(Double(shape[0]).squareRoot().rounded())
            guard side * side == shape[0] else { return nil }
            self.init(height: side, width: side, channels: 1, mayResize: false)
        default: return nil
        }
    }
}
