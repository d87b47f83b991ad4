import Control

/// One data set as it was found: for each role a source as a job file writes it, and what its samples are.
struct FoundData: Equatable {
    enum Task: Equatable {
        case classification(classes: Int)
        case regression(outputs: Int)
    }

    struct Samples: Equatable {
        /// Of the source in the grammar of job files.
        var kind: String
        /// Its keys and values in their order; values are written as they are, but for paths.
        var keys: [Key]
        var count: Int
        /// Of one sample.
        var shape: [Int]
        var features: [DataDescription.Values]
        var labels: DataDescription.Values
        /// Height and width of most pictures, where they become others.
        var resizedFrom: [Int]?
        /// Whether nothing says that the labels' column is the right one.
        var isGuess = false
    }

    struct Key: Equatable {
        var name: String
        var value: String
        var isPath = false
    }

    var samples: [DataName.Role: Samples]
    var train: Samples
    var task: Task
    /// What the classes are called where names are known.
    var classNames: [String] = []
    /// Of all training features.
    var range: ClosedRange<Double>
    var areWhole: Bool
    var isTable: Bool
    /// What is odd about the labels, a sentence each.
    var remarks: [String] = []
}
