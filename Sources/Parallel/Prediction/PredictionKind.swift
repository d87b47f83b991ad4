import NN
package import Spec
import Tensor

/// What a model's outputs say of a sample, by the loss that it was trained with.
package enum PredictionKind: Sendable, Equatable {
    /// A probability for each class along the last axis: of the sample or, for [positions, classes], of each position.
    case classes
    /// One logit, for the classes 0 and 1.
    case binary
    /// A probability for each output; several of them may hold.
    case parts
    /// Numbers.
    case numbers

    package init(_ loss: LossSpec, outputShape: [Int]) {
        self =
            switch loss {
            case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence: .classes
            case .binaryCrossEntropy: outputShape.reduce(1, *) == 1 ? .binary : .parts
            case .meanSquaredError, .meanAbsoluteError, .huber: .numbers
            }
    }

    /// The shape of what is told of a sample, for a model's output of this shape.
    package func shape(output: [Int]) -> [Int] { self == .binary ? [2] : output }

    /// Classes that are told of a sample; 0 where none are.
    package func classCount(output: [Int]) -> Int {
        switch self {
        case .classes: output.dropLast().reduce(1, *)
        case .binary: 1
        case .parts, .numbers: 0
        }
    }
}

/// What was predicted for some samples, one after another.
package struct PredictedChunk: Sendable, Equatable {
    /// The probabilities, or for `PredictionKind.numbers` the outputs themselves, of the kind's shape each.
    package let values: [Float]
    /// The likeliest class of each sample or position, as metrics count it; -1 where the output is not a number. Empty where
    /// there are no classes.
    package let classes: [Int32]

    package init(values: [Float], classes: [Int32]) {
        (self.values, self.classes) = (values, classes)
    }

    init(_ output: Tensor, _ kind: PredictionKind, _ loss: LossSpec) {
        switch kind {
        case .classes:
            classes = predictedClasses(output)
            values = (loss.isOfLogits ? output.softmax(axis: -1) : output.exp()).values
        case .binary:
            classes = predictedClasses(ofBinary: output)
            values = output.sigmoid().values.flatMap { [1 - $0, $0] }
        case .parts: (classes, values) = ([], output.sigmoid().values)
        case .numbers: (classes, values) = ([], output.values)
        }
    }
}

extension LossSpec {
    /// Whether outputs are logits of classes, not logarithms of probabilities.
    fileprivate var isOfLogits: Bool {
        if case .softmaxCrossEntropy = self { true } else { false }
    }
}
