import Foundation

/// Messages as JSON: whatever comes in is decoded or refused, and numbers keep all their bits.
enum WireCoding {
    static func bytes(of value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return Array(try encoder.encode(value))
    }

    static func value<Value: Decodable>(_ type: Value.Type, of bytes: [UInt8]) throws(WireError) -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw WireError(.malformed, "a message came in that this version does not know")
        }
    }
}
