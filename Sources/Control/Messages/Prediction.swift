/// What a model makes of one sample: an element of the answer to `POST /v1/jobs/{job}/predict`.
///
/// Which keys there are depends on the job: `class` and `probabilities` where a sample is of one class, `classes` and
/// `probabilities` where each position of a sequence is, `probabilities` alone where several may hold at once, and `values` for
/// numbers. This type takes in what fits on a line of a table.
public struct Prediction: Decodable, Sendable, Equatable {
    /// The file of a folder that the sample is from.
    public var file: String?
    /// The class of the sample, counted from 0; nil without one, and where the model gives no number.
    public var `class`: Int?
    /// Whether the sample is of one class, if only the model gave a number.
    public var hasClass: Bool
    /// What the class is called, where that is known.
    public var name: String?
    /// The class of each position.
    public var classes: [Int?]?
    /// Of each class, or of each output; nil for sequences, which have a list of them for each position.
    public var probabilities: [Double]?
    /// Of each output; nil where outputs have several axes.
    public var values: [Double]?

    private enum CodingKeys: String, CodingKey {
        case file, `class`, name, classes, probabilities, values
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        file = try container.decodeIfPresent(String.self, forKey: .file)
        `class` = try container.decodeIfPresent(Int.self, forKey: .class)
        hasClass = container.contains(.class)
        name = try container.decodeIfPresent(String.self, forKey: .name)
        classes = try container.decodeIfPresent([Int?].self, forKey: .classes)
        probabilities = try? container.decodeIfPresent([Double].self, forKey: .probabilities)
        values = try? container.decodeIfPresent([Double].self, forKey: .values)
    }
}
