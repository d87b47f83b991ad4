import Foundation

/// Values as bytes, all bits of numbers included.
enum RankMessage {
    /// Two levels: a property list holds no single number.
    private struct Box<Value: Codable>: Codable {
        var value: Value
    }

    static func bytes<Value: Codable>(of value: Value) throws -> [UInt8] {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return Array(try encoder.encode(Box(value: value)))
    }

    static func value<Value: Codable>(_ type: Value.Type, of bytes: [UInt8]) throws(TrainingFailure) -> Value
    {
        do {
            return try PropertyListDecoder().decode(Box<Value>.self, from: Data(bytes)).value
        } catch {
            throw TrainingFailure("a rank sent a message that is none; start the same program on all hosts")
        }
    }
}

extension RankGroup {
    /// A value of each rank, to all, in the order of the ranks.
    ///
    /// - Throws: `TrainingFailure` where the ranks are not of one program.
    func allgather<Value: Codable>(value: Value) throws -> [Value] {
        let bytes = try RankMessage.bytes(of: value)
        return try allgather(bytes).map { try RankMessage.value(Value.self, of: $0) }
    }
}
