import AsyncHTTPClient
import NIOCore
import NIOPosix

/// Calls the daemon over its Unix socket: one method a verb.
///
/// Every method throws ``ClientError``. A client lives inside ``with(_:_:)``, which closes its connections
/// and ends its thread.
public struct Client: Sendable {
    /// Where the daemon is expected.
    public let socket: SocketPath
    let http: HTTPClient
    /// The most bytes that are read of one answer, unless it is read as it comes.
    let maximumAnswer: Int

    /// Makes a client, hands it to `body` and shuts it down whatever happens. No connection is made until a
    /// call.
    public static func with<Success>(
        _ socket: SocketPath, maximumAnswer: Int = 256 << 20, _ body: (Client) async throws -> Success
    ) async throws -> Success {
        // One connection needs one thread; the default group would start one a core.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let http = HTTPClient(eventLoopGroup: group, configuration: configuration)
        let result: Result<Success, any Error>
        do {
            result = .success(
                try await body(Client(socket: socket, http: http, maximumAnswer: maximumAnswer)))
        } catch {
            result = .failure(error)
        }
        // Shutting down reports calls that were still under way, such as a stream that its reader left. That
        // is no failure here, and there is nothing that a caller could do about any other.
        try? await http.shutdown()
        try? await group.shutdownGracefully()
        return try result.get()
    }

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Int64(RequestLimit.connectSeconds))))
        configuration.httpVersion = .http1Only
        // A socket that nobody listens on is an answer; asking again for half a minute would only hide it.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
