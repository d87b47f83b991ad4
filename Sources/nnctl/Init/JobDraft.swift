import Control

/// A job for a data set that was looked at: choices that are a good start for data of its kind and size.
struct JobDraft {
    let data: FoundData
    let name: String
    /// Whether layers see images, else a list of numbers.
    let hasConvolutions: Bool

    /// - Parameters:
    ///   - data: What was found.
    ///   - name: Of the job.
    ///   - convolutions: Whether the model has them; nil for those that images of more than 28 x 28 shades of grey get.
    /// - Throws: `Failure` when there can be none.
    init(_ data: FoundData, name: String, convolutions: Bool? = nil) throws(Failure) {
        self.data = data
        self.name = name
        guard let image = data.imageShape else {
            guard convolutions != true else {
                throw Failure(
                    .usage,
                    "Samples of the shape \(data.train.shape) are no images, which are [channels, height, width] with at least 8 pixels on a side; leave --model out."
                )
            }
            hasConvolutions = false
            return
        }
        hasConvolutions = convolutions ?? (image.reduce(1, *) > 784 || data.train.kind == "images")
    }

    var outputs: Int {
        switch data.task {
        case .classification(let classes): classes
        case .regression(let outputs): outputs
        }
    }

    var isClassification: Bool { if case .classification = data.task { true } else { false } }

    var input: [Int] {
        hasConvolutions ? data.imageShape ?? data.train.shape : [data.train.shape.reduce(1, *)]
    }

    /// Fewer for more samples, so that small sets are seen often and large ones do not take days; of very few as many as make some
    /// 1,500 steps.
    var epochs: Int {
        switch data.train.count {
        case ..<500: max(100, min(500, 1_500 * batchSize / max(1, data.train.count)))
        case ..<5_000: 40
        case ..<50_000: 20
        default: 10
        }
    }

    var batchSize: Int {
        switch data.train.count {
        case ..<500: 16
        case ..<5_000: 32
        case ..<50_000: 64
        default: 128
        }
    }

    /// A part of the training samples, unless there is validation data: more of few, so that the score means something.
    var validationFraction: Double { data.train.count < 1_000 ? 0.2 : 0.1 }

    /// What the best checkpoint is chosen by.
    var bestMetric: (name: String, mode: String) {
        isClassification ? ("val_accuracy", "max") : ("val_loss", "min")
    }

    /// What is done to features, in YAML, and why.
    var scaling: (text: String, reason: String) {
        let (low, high) = (data.range.lowerBound, data.range.upperBound)
        let range = "features go from \(Number.short(low)) to \(Number.short(high))"
        let isOneKind = !data.isTable || data.train.features.count >= 16
        if isOneKind, data.areWhole, low >= 0, high <= 255, high > 1 {
            let divisor = high > 128 ? 255 : Int(high)
            return ("{divide: \(divisor)}", range)
        }
        if low >= -1, high <= 1 { return ("none", range) }
        return ("standardize", range + "; each gets mean 0 and deviation 1, as in the training samples")
    }

    /// Units of the layers before the last one.
    var units: [Int] {
        let features = input.reduce(1, *)
        let most = data.train.count < 500 ? 32 : data.train.count < 20_000 ? 128 : 256
        let width = [16, 32, 64, 128, 256].first { $0 >= features } ?? 256
        return [min(width, most), max(16, min(width, most) / 2)]
    }

    /// Of the convolutions, each of which halves height and width.
    var filters: [Int] {
        let side = min(input[input.count - 1], input[input.count - 2])
        return Array([16, 32, 64, 128].prefix { $0 * 8 <= side * 16 })
    }
}

extension FoundData {
    /// The shape that convolutions take, [channels, height, width]; nil for samples that are no images.
    var imageShape: [Int]? {
        guard !isTable else { return nil }
        let shape = train.shape
        if shape.count == 2, shape.allSatisfy({ $0 >= 8 }) { return [1] + shape }
        guard shape.count == 3, [1, 3, 4].contains(shape[0]), shape.dropFirst().allSatisfy({ $0 >= 8 }) else {
            return nil
        }
        return shape
    }
}

extension Number {
    /// Whole numbers without decimals, others with four significant digits at most.
    static func short(_ value: Double) -> String {
        if value == value.rounded(), value.magnitude < 1e9 { return "\(Int(value))" }
        return (0.01..<1e5).contains(value.magnitude) ? fixed(value, 3) : scientific(value)
    }
}
