package import Control

extension Problem {
    /// What is wrong with a request's body, with the field that it is wrong in.
    package init(decoding error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            let field = Self.field(context.codingPath + [key])
            self.init(.badRequest, "The request lacks the field `\(field)`.")
        case .typeMismatch(let type, let context) where context.codingPath.isEmpty:
            self.init(
                .badRequest, "The request's body must be a JSON object, not another kind of value (\(type)).")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            let field = Self.field(context.codingPath)
            self.init(.badRequest, "The request's field `\(field)` must be \(Self.name(of: type)).")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            self.init(.badRequest, "The request's body is not JSON: \(context.debugDescription)")
        case .dataCorrupted(let context):
            let field = Self.field(context.codingPath)
            self.init(.badRequest, "The request's field `\(field)` is wrong: \(context.debugDescription)")
        @unknown default:
            self.init(.badRequest, "The request's body cannot be read.")
        }
    }

    /// The decoder has made `baseDirectory` of `base_directory`; the reader wrote the latter.
    private static func field(_ path: [any CodingKey]) -> String {
        path.map { key in
            key.intValue.map { "[\($0)]" }
                ?? key.stringValue.reduce(into: "") { name, letter in
                    name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
                }
        }.joined(separator: ".")
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Int.Type: "an integer"
        case is Bool.Type: "true or false"
        case is any Collection.Type: "a list"
        default: "of another kind (\(type))"
        }
    }
}
