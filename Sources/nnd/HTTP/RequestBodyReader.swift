import Control
import Foundation
import Hummingbird
import NIOCore

extension Request {
    /// Reads the body as one JSON object with known fields.
    ///
    /// - Throws: `Problem` of code `bad-request`, which names what is wrong.
    func message<Message: RequestMessage>(_ type: Message.Type) async throws -> Message {
        try Self.decode(type, from: try await bodyData())
    }

    /// As ``message(_:)``; nil for an empty body.
    func optionalMessage<Message: RequestMessage>(_ type: Message.Type) async throws -> Message? {
        let data = try await bodyData()
        return data.isEmpty ? nil : try Self.decode(type, from: data)
    }

    private func bodyData() async throws -> Data {
        do {
            let buffer = try await body.collect(upTo: APIContext.largestBody)
            return Data(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(
                .badRequest,
                "The request's body is larger than \(APIContext.largestBody) bytes, the most allowed.")
        }
    }

    private static func decode<Message: RequestMessage>(_ type: Message.Type, from data: Data) throws
        -> Message
    {
        do {
            let keys = try JSONDecoder().decode(ObjectKeys.self, from: data).keys
            if let unknown = keys.sorted().first(where: { !Message.fields.contains($0) }) {
                throw Problem(
                    .badRequest,
                    "The request has the unknown field `\(unknown)`; "
                        + "known here: \(Message.fields.joined(separator: ", ")).")
            }
            return try WireJSON.decode(type, from: data)
        } catch let error as DecodingError {
            throw Problem(decoding: error)
        }
    }
}

/// The names of an object's fields, whatever the fields hold.
private struct ObjectKeys: Decodable {
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let keys: [String]

    init(from decoder: any Decoder) throws {
        keys = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue)
    }
}
