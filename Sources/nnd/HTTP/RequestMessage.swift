import Control

/// A request body whose fields are known, so that a misspelt one is refused rather than ignored.
protocol RequestMessage: Decodable {
    /// As they stand on the wire.
    static var fields: [String] { get }
    /// In bytes.
    static var largestBody: Int { get }
}

extension RequestMessage {
    /// Whatever is larger is a mistake.
    static var largestBody: Int { 64 << 10 }
}

extension StartRequest: RequestMessage {
    static var fields: [String] { ["spec", "file", "base_directory", "name", "workers", "set", "priority"] }
    static var largestBody: Int { 1 << 20 }
}

extension ResumeRequest: RequestMessage {
    static var fields: [String] { ["from", "set"] }
}

extension ScaleRequest: RequestMessage {
    static var fields: [String] { ["workers", "ranks"] }
}

extension EvaluateRequest: RequestMessage {
    static var fields: [String] { ["data", "file", "labels", "checkpoint", "confusion_matrix"] }
}

extension DescribeRequest: RequestMessage {
    static var fields: [String] { ["path"] }
}

extension PredictRequest: RequestMessage {
    static var fields: [String] { ["input", "limit", "checkpoint", "format"] }
}
