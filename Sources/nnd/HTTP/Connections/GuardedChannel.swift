import Control
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// Puts a ``ConnectionGuard`` into each connection, and counts them.
struct GuardedChannel<Inner: ServerChildChannel>: ServerChildChannel {
    typealias Value = Inner.Value

    let inner: Inner
    let limits: ConnectionLimits
    let open = OpenConnections()

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let (limits, open) = (limits, open)
        let most = limits.connections.most
        let refusal = open.enter() > most ? Self.tooMany(most) : nil
        channel.closeFuture.whenComplete { _ in open.leave() }
        try? channel.syncOptions?.setOption(.writeBufferWaterMark, value: limits.waitingBytes)
        return inner.setup(channel: channel, logger: logger).map { value in
            let pipeline = channel.pipeline.syncOperations
            // The inner channel always has one; a failed set-up would end the server's sequence of connections.
            if let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) {
                try? pipeline.addHandler(ConnectionGuard(limits, refusal: refusal), position: .after(decoder))
            }
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }

    private static func tooMany(_ most: Int) -> Problem {
        Problem(
            .busy, "The daemon has \(most) open connections, the most it serves at once; try again later.")
    }
}

/// How many connections there are.
final class OpenConnections: Sendable {
    private let count = Atomic(0)

    /// - Returns: The count with this one.
    func enter() -> Int { count.add(1, ordering: .relaxed).newValue }

    func leave() { count.subtract(1, ordering: .relaxed) }
}
