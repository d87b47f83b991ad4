/// An error as the API reports it, a problem document of RFC 9457:
/// `{"type", "title", "status", "detail", "code"}` with `type` = `urn:nnd:problem:CODE`.
public struct Problem: Error, Sendable, Equatable {
    /// The media type of RFC 9457.
    public static let contentType = "application/problem+json"

    /// What kind of problem it is, for programs.
    public var code: ProblemCode
    /// The one sentence that a person reads: what happened, where, and what would be right.
    public var detail: String

    public init(_ code: ProblemCode, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

extension Problem: CustomStringConvertible {
    public var description: String { detail }
}

extension Problem: Codable {
    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, code
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let status = try container.decode(Int.self, forKey: .status)
        let code = try container.decodeIfPresent(String.self, forKey: .code)
        self.code = code.flatMap(ProblemCode.init(rawValue:)) ?? ProblemCode(httpStatus: status)
        detail = try container.decode(String.self, forKey: .detail)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("urn:nnd:problem:\(code.rawValue)", forKey: .type)
        try container.encode(code.title, forKey: .title)
        try container.encode(code.httpStatus, forKey: .status)
        try container.encode(detail, forKey: .detail)
        try container.encode(code.rawValue, forKey: .code)
    }
}
