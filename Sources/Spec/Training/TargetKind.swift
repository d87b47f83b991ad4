/// What the samples of a job are to come out as.
public enum TargetKind: Sendable, Equatable {
    /// One class index a sample or, for outputs of [positions, classes], one a position.
    case classes
    /// One number from 0 to 1 a sample, for one logit: class 1 from a half up.
    case binary
    /// A number from 0 to 1 an output: soft targets, or labels of which several may hold.
    case parts
    /// Numbers of any size, one an output.
    case numbers
}

extension JobSpec {
    /// The kind of the targets that a source with so many label columns gives.
    ///
    /// - Parameters:
    ///   - columns: Label columns of the source.
    ///   - output: The shape of the model's output for one sample.
    /// - Returns: nil where the loss cannot have that many for such an output.
    package func targetKind(columns: Int, output: [Int]) -> TargetKind? {
        let outputs = output.reduce(1, *)
        switch loss {
        case .meanSquaredError, .meanAbsoluteError, .huber: return .numbers
        case .binaryCrossEntropy: return outputs == 1 ? .binary : .parts
        case .klDivergence: return columns == outputs ? .parts : nil
        case .softmaxCrossEntropy, .negativeLogLikelihood:
            if columns == output.dropLast().reduce(1, *) { return .classes }
            return columns == outputs && loss.takesSoftTargets ? .parts : nil
        }
    }

    /// How many columns of labels or targets a training sample has or, where only its file tells, how many the loss takes
    /// first of all: class indices before soft targets.
    func labelColumns(output: [Int]) -> Int {
        if let columns = data.train.labelColumns { return columns }
        let outputs = output.reduce(1, *)
        return switch loss {
        case .softmaxCrossEntropy, .negativeLogLikelihood: output.dropLast().reduce(1, *)
        default: outputs
        }
    }

    /// The metrics in force.
    ///
    /// - Parameters:
    ///   - columns: Labels or target values of a training sample.
    ///   - output: The shape of the model's output for one sample.
    /// - Returns: Those that the job names, else `accuracy` where its targets are classes.
    package func metrics(columns: Int, output: [Int]) -> [MetricSpec] {
        if let metrics { return metrics }
        switch targetKind(columns: columns, output: output) {
        case .classes, .binary: return [.accuracy]
        case .parts, .numbers, nil: return []
        }
    }
}

extension LossSpec {
    /// Whether the loss makes a distribution over the outputs' last axis of each row.
    var isOverClasses: Bool {
        switch self {
        case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence: true
        case .binaryCrossEntropy, .meanSquaredError, .meanAbsoluteError, .huber: false
        }
    }

    fileprivate var takesSoftTargets: Bool {
        if case .softmaxCrossEntropy = self { true } else { false }
    }
}

extension SourceSpec {
    /// How many columns of labels or targets a sample has; nil where only the file itself tells.
    package var labelColumns: Int? {
        switch self {
        case .idx, .images: 1
        case .csv(let table): table.labels.count
        case .npy, .npz: nil
        }
    }
}
