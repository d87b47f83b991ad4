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

    /// Who did what, the newest first.
    public func audit(limit: Int = AuditList.standardLimit) async throws(ClientError) -> AuditList {
        try await send(.GET, "/v1/audit?limit=\(limit)")
    }

    /// Asks the daemon to checkpoint every job and to exit. The answer comes before that is done.
    public func shutDownDaemon() async throws(ClientError) -> DaemonInfo {
        try await send(.POST, "/v1/daemon/shutdown", limit: .none)
    }
}
