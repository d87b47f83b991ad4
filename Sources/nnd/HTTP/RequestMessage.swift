import Control

/// A request body whose fields are known, so that a misspelt one is refused rather than ignored.
protocol RequestMessage: Decodable {
    /// As they stand on the wire.
    static var fields: [String] { get }
}

extension StartRequest: RequestMessage {
    static var fields: [String] { ["spec", "file", "base_directory", "name", "workers", "set", "priority"] }
}

extension ResumeRequest: RequestMessage {
    static var fields: [String] { ["from", "set"] }
}

extension ScaleRequest: RequestMessage {
    static var fields: [String] { ["workers"] }
}

extension EvaluateRequest: RequestMessage {
    static var fields: [String] { ["data", "checkpoint"] }
}
