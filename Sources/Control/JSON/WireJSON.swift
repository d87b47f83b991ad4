public import Foundation

/// The one dialect of JSON that both programs speak: keys in `snake_case` and sorted, dates as ``WireDate``
/// has them.
public enum WireJSON {
    /// JSON has no infinities and no NaN, yet a diverged loss must not make a job's status unreadable.
    static let nonfinite = (positive: "Infinity", negative: "-Infinity", nan: "NaN")

    /// A new encoder; it is cheap to make and not to be shared between tasks.
    public static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(WireDate.string(date))
        }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: nonfinite.positive, negativeInfinity: nonfinite.negative, nan: nonfinite.nan)
        return encoder
    }

    /// A new decoder; it refuses a date that is not as the API writes it.
    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = WireDate.date(text) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "expected a date like 2026-01-31T23:59:59.000Z, found \"\(text)\"")
            }
            return date
        }
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: nonfinite.positive, negativeInfinity: nonfinite.negative, nan: nonfinite.nan)
        return decoder
    }

    /// One message as JSON without a line break in it.
    public static func encode(_ message: some Encodable) throws -> Data {
        if let message = message as? any PlainJSON {
            var text = JSONText()
            message.write(to: &text)
            return Data(text.bytes)
        }
        return try encoder().encode(message)
    }

    /// Reads one message; keys that it does not know are passed over.
    public static func decode<Message: Decodable>(_ type: Message.Type, from data: Data) throws -> Message {
        try decode(type, from: Array(data))
    }

    static func decode<Message: Decodable>(_ type: Message.Type, from bytes: [UInt8]) throws -> Message {
        let message =
            if let plain = type as? any PlainJSON.Type, let message = plain.scanned(bytes) as? Message {
                message
            } else {
                try decoder().decode(type, from: Data(bytes))
            }
        if let message = message as? any BoundedMessage, !message.isWithinBounds {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a number beyond what it can be"))
        }
        return message
    }
}

extension PlainJSON {
    /// nil where only the decoder can tell what the text is.
    fileprivate static func scanned(_ bytes: [UInt8]) -> Self? {
        var scanner = JSONScanner(bytes)
        guard let message = try? Self(&scanner), scanner.isAtEnd else { return nil }
        return message
    }
}
