import NIOHTTP1

extension Client {
    /// Returns when the daemon is up and serves.
    public func health() async throws(ClientError) -> Health {
        try await send(.GET, "/v1/health")
    }

    /// What the daemon is and does.
    public func daemon() async throws(ClientError) -> DaemonInfo {
        try await send(.GET, "/v1/daemon")
    }

    /// Asks the daemon to checkpoint every job and to exit. The answer comes before that is done.
    public func shutDownDaemon() async throws(ClientError) -> DaemonInfo {
        try await send(.POST, "/v1/daemon/shutdown", limit: .none)
    }
}
