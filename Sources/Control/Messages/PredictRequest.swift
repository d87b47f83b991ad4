/// The body of `POST /v1/jobs/{job}/predict`.
public struct PredictRequest: Codable, Sendable, Equatable {
    /// The absolute path of the samples: a CSV, NPY or IDX file, a picture, or a folder of pictures. The daemon opens it
    /// with the rights of who asks.
    public var input: String
    /// The most samples that are predicted, from the first; null for all.
    @ExplicitNull public var limit: Int?
    /// Whose weights predict; null stands for the last checkpoint.
    @ExplicitNull public var checkpoint: Int?
    /// Null stands for `json`.
    @ExplicitNull public var format: PredictionFormat?

    public init(
        input: String, limit: Int? = nil, checkpoint: Int? = nil, format: PredictionFormat? = nil
    ) {
        self.input = input
        self.limit = limit
        self.checkpoint = checkpoint
        self.format = format
    }
}

/// How predictions are written.
public enum PredictionFormat: String, Codable, Sendable, CaseIterable {
    /// `{"predictions":[{"class":3,"probabilities":[…]},…]}`, one sample a line.
    case json
    /// The same objects, one a line, and nothing around them.
    case ndjson
    /// A header and a row a sample.
    case csv
    /// The probabilities or values as a NumPy array of 32-bit numbers, [samples] and the shape of an output.
    case npy

    /// Of the answer.
    public var contentType: String {
        switch self {
        case .json: "application/json"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv"
        case .npy: "application/octet-stream"
        }
    }
}
