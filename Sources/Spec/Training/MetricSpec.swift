/// A number, or a table, that says how well a model does besides its loss. Definitions are scikit-learn's, with 0
/// for 0 / 0.
public enum MetricSpec: Sendable, Hashable {
    /// The part of the labels that were predicted: the largest output, or the sign of a single logit.
    case accuracy
    /// The part of the labels that are among the k largest outputs.
    case topKAccuracy(k: Int)
    /// Right ones among those predicted as a class: the mean over the classes that occur, or of class 1 alone where
    /// there are two.
    case precision
    /// Those predicted right among a class: the mean over the classes that occur, or of class 1 alone where there
    /// are two.
    case recall
    /// The harmonic mean of precision and recall: the mean over the classes that occur, or of class 1 alone where
    /// there are two.
    case f1
    /// The area under the ROC curve, for two classes: the chance that a sample of class 1 has a higher score than
    /// one of class 0, ties counted half. There is none where all samples are of one class.
    case auc
    /// How often each class (row) was predicted as each class (column).
    case confusionMatrix
    /// The mean absolute error.
    case mae
    /// The root of the mean squared error, of several outputs the mean of theirs.
    case rmse
    /// The coefficient of determination, of several outputs the mean of theirs; where all targets are equal 1 for
    /// an exact prediction and else 0.
    case r2

    /// What its values are called, `val_` aside: `top_5_accuracy`, `f1`.
    public var name: String {
        switch self {
        case .accuracy: "accuracy"
        case .topKAccuracy(let k): "top_\(k)_accuracy"
        case .precision: "precision"
        case .recall: "recall"
        case .f1: "f1"
        case .auc: "auc"
        case .confusionMatrix: "confusion_matrix"
        case .mae: "mae"
        case .rmse: "rmse"
        case .r2: "r2"
        }
    }

    /// Whether it is a number, of which curves are made.
    public var isNumber: Bool { self != .confusionMatrix }

    /// Those that are written as a word.
    static let words: [MetricSpec] = [
        .accuracy, .precision, .recall, .f1, .auc, .confusionMatrix, .mae, .rmse, .r2,
    ]
}
