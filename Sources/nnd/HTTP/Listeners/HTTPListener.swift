import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// Takes the connections of one listening socket, and ends in order: no new connection then, and each that there is may
/// finish the answers that it waits for.
///
/// Hummingbird's own server binds an address itself and cannot take a socket that a service manager made.
struct HTTPListener: Sendable {
    private typealias Connection = @Sendable () async -> Void

    private let channel: any Channel
    private let quiescing: ServerQuiescingHelper
    private let connections: AsyncStream<Connection>

    /// Begins to accept; `run()` serves what is accepted.
    ///
    /// - Throws: What the system says of the socket.
    init(
        _ socket: ListeningSocket, serving connection: some ServerChildChannel, limits: ConnectionLimits,
        logger: Logger
    ) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        let (connections, accepted) = AsyncStream.makeStream(of: Connection.self)
        channel = try await ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        AcceptBackoffHandler(),
                        AvailableConnectionsChannelHandler(delegate: AcceptedConnections(limits)),
                        quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                connection.setup(channel: channel, logger: logger).map { value in
                    let serve: Connection = { await connection.handle(value: value, logger: logger) }
                    // Whoever comes in the daemon's last instant is told so by the closing of the connection.
                    if case .terminated = accepted.yield(serve) { Task { await serve() } }
                }
            }
            .withBoundSocket(socket.descriptor).get()
        // Taking it over, NIO has set a queue of a length of its own.
        try? socket.listen(backlog: limits.backlog)
        let end = channel.eventLoop.makePromise(of: Void.self)
        end.futureResult.whenComplete { _ in accepted.finish() }
        channel.closeFuture.whenComplete { _ in quiescing.initiateShutdown(promise: end) }
        (self.quiescing, self.connections) = (quiescing, connections)
    }

    /// Returns when the daemon is to end and the last connection is closed.
    func run() async {
        let loop = LoopExecutor(channel.eventLoop)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await serve in connections { group.addTask(executorPreference: loop) { await serve() } }
            }
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: nil)
        }
        channel.close(promise: nil)
    }
}
