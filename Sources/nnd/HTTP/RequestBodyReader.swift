import Control
import Foundation
import Hummingbird
import NIOCore

extension Request {
    /// Reads the body as one JSON object with known fields.
    ///
    /// - Throws: `Problem` of code `bad-request`, which names what is wrong; `unsupported-media-type`, `body-too-large`.
    func message<Message: RequestMessage>(_ type: Message.Type) async throws -> Message {
        try Self.decode(type, from: try await bodyData(upTo: Message.largestBody))
    }

    /// As ``message(_:)``; nil for an empty body.
    func optionalMessage<Message: RequestMessage>(_ type: Message.Type) async throws -> Message? {
        let data = try await bodyData(upTo: Message.largestBody)
        return data.isEmpty ? nil : try Self.decode(type, from: data)
    }

    private func bodyData(upTo most: Int) async throws -> Data {
        try checkType()
        let tooLarge = Problem(
            .bodyTooLarge, "The request's body is larger than \(most) bytes, the most allowed.")
        if let text = headers[.contentLength], let length = Int(text), length > most { throw tooLarge }
        do {
            let buffer = try await body.collect(upTo: most)
            return Data(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    /// A body without a type is taken for JSON.
    private func checkType() throws(Problem) {
        guard let type = headers[.contentType] else { return }
        let name = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard name == "application/json" else {
            throw Problem(
                .unsupportedMediaType,
                "The request's body is `\(name)`; send JSON with `Content-Type: application/json` (curl: --json)."
            )
        }
    }

    private static func decode<Message: RequestMessage>(_ type: Message.Type, from data: Data) throws
        -> Message
    {
        let object: ObjectKeys
        do {
            object = try JSONDecoder().decode(ObjectKeys.self, from: data)
            if let unknown = object.keys.sorted().first(where: { !Message.fields.contains($0) }) {
                throw Problem(
                    .badRequest,
                    "The request has the unknown field `\(unknown)`; "
                        + "known here: \(Message.fields.joined(separator: ", ")).")
            }
        } catch let error as DecodingError {
            throw Problem(decoding: error)
        }
        do {
            return try WireJSON.decode(type, from: data)
        } catch let error as DecodingError {
            // Foundation takes the whole text for no JSON when a number is no integer where one is wanted.
            if case .dataCorrupted(let context) = error, context.codingPath.isEmpty,
                let field = object.fractions.min()
            {
                throw Problem(.badRequest, "The request's field `\(field)` must be an integer.")
            }
            throw Problem(decoding: error)
        }
    }
}

/// The names of an object's fields, and little of what they hold.
private struct ObjectKeys: Decodable {
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let keys: [String]
    /// Fields with numbers that no `Int` holds.
    let fractions: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        keys = container.allKeys.map(\.stringValue)
        fractions =
            container.allKeys.filter { key in
                (try? container.decode(Int.self, forKey: key)) == nil
                    && (try? container.decode(Double.self, forKey: key)) != nil
            }.map(\.stringValue)
    }
}
