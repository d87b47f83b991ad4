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
    /// Of this listener: whoever may not pass the one cannot use up the connections of the other.
    let open = OpenConnections()
    /// Called when the last connection has been closed.
    let whenQuiet: @Sendable () -> Void

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let (limits, open, whenQuiet) = (limits, open, whenQuiet)
        let most = limits.connections.most
        let refusal = open.enter() > most ? Self.tooMany(most) : nil
        channel.closeFuture.whenComplete { _ in if open.leave() == 0 { whenQuiet() } }
        try? channel.syncOptions?.setOption(.writeBufferWaterMark, value: limits.waitingBytes)
        return inner.setup(channel: channel, logger: logger).map { value in
            let pipeline = channel.pipeline.syncOperations
            // The inner channel always has one; a failed set-up would end the server's sequence of connections.
            if let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) {
                let connection = ConnectionGuard(limits, refusal: refusal)
                try? pipeline.addHandler(connection, position: .after(decoder))
                try? pipeline.addHandler(RequestBytes(of: connection), position: .before(decoder))
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

    /// - Returns: The count without this one.
    func leave() -> Int { count.subtract(1, ordering: .relaxed).newValue }
}
