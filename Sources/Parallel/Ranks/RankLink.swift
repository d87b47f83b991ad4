import Foundation

/// A rank's connection with the others: their group, and the thread from which it is called.
package final class RankLink: Sendable {
    package let group: any RankGroup
    let thread: RankThread

    /// - Parameters:
    ///   - group: Of this rank.
    ///   - thread: On which the group was made.
    package init(_ group: any RankGroup, on thread: RankThread) {
        (self.group, self.thread) = (group, thread)
    }

    /// Calls the group, and gives what it gives.
    func call<Value: Sendable>(_ work: @escaping @Sendable (any RankGroup) -> Value) async -> Value {
        let group = group
        return await thread.run { work(group) }
    }

    /// A value of each rank, to all, in the order of the ranks.
    /// - Throws: `RankFailure` where the ranks are not of one program.
    func allgather<Value: Codable & Sendable>(_ value: Value) async throws -> [Value] {
        let bytes = try RankMessage.bytes(of: value)
        return try await call { $0.allgather(bytes) }.map { try RankMessage.value(Value.self, of: $0) }
    }

    /// Tells the other ranks what comes next. Of rank 0.
    func send(_ command: RankCommand) async throws {
        let bytes = try RankMessage.bytes(of: command)
        _ = await call { $0.broadcast(bytes) }
    }

    /// What rank 0 says comes next. Of the other ranks.
    func nextCommand() async throws -> RankCommand {
        try RankMessage.value(RankCommand.self, of: await call { $0.broadcast([UInt8]()) })
    }
}

/// Values as bytes, all bits of numbers included.
private enum RankMessage {
    /// Two levels: a property list holds no single number.
    private struct Box<Value: Codable>: Codable {
        var value: Value
    }

    static func bytes<Value: Codable>(of value: Value) throws -> [UInt8] {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return Array(try encoder.encode(Box(value: value)))
    }

    static func value<Value: Codable>(_ type: Value.Type, of bytes: [UInt8]) throws(RankFailure) -> Value {
        do {
            return try PropertyListDecoder().decode(Box<Value>.self, from: Data(bytes)).value
        } catch {
            throw RankFailure("a rank sent a message that is none; start the same program on all hosts")
        }
    }
}
