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
    /// - Throws: `TrainingFailure` where the ranks are not of one program.
    func allgather<Value: Codable & Sendable>(_ value: Value) async throws -> [Value] {
        try await call { group in Result { try group.allgather(value: value) } }.get()
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
