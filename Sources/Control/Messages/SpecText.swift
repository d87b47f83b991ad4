import Foundation

/// A job as text of the spec's grammar.
///
/// On the wire it is a string of YAML or the job itself as a JSON object; JSON is YAML, so both end up as
/// text that one reader reads.
public struct SpecText: Codable, Sendable, Equatable {
    /// YAML or JSON, unread.
    public var text: String

    public init(_ text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
            return
        }
        guard let object = try? container.decode([String: JSONValue].self) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "spec: expected a string of YAML or an object")
        }
        // A plain encoder: the keys inside are the user's and are not to be renamed.
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        text = String(decoding: try encoder.encode(object), as: UTF8.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
