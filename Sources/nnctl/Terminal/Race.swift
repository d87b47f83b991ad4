/// Runs both and returns what the first that finishes returns or throws; the other is cancelled.
func race<Success: Sendable>(
    _ first: @escaping @Sendable () async throws -> Success,
    _ second: @escaping @Sendable () async throws -> Success
) async throws -> Success {
    try await withThrowingTaskGroup(of: Success.self) { group in
        group.addTask { try await first() }
        group.addTask { try await second() }
        defer { group.cancelAll() }
        // A group of two always has a next result.
        guard let winner = try await group.next() else { throw CancellationError() }
        return winner
    }
}
