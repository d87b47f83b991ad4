import Glibc
import HummingbirdCore
import Logging
import NIOCore

/// Lets in only the daemon's own user and root, whatever the modes of the socket and its directory
/// have become.
struct PeerCheck<Inner: ServerChildChannel>: ServerChildChannel {
    typealias Value = Inner.Value

    let inner: Inner
    let owner: uid_t

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let owner = owner
        let inner = inner
        return Self.peer(of: channel).flatMap { peer in
            inner.setup(channel: channel, logger: logger).map { value in
                // Closed only once it is set up: a failed set-up would end the server's sequence
                // of connections.
                if let peer, peer == owner || peer == 0 {
                    logger.debug("connection", metadata: ["uid": "\(peer)"])
                    return value
                }
                let user = peer.map { "\($0)" } ?? "unknown"
                logger.warning("connection refused", metadata: ["uid": "\(user)"])
                channel.close(promise: nil)
                return value
            }
        }
    }

    func handle(value: Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }

    /// The user at the other end (`unix(7)`, SO_PEERCRED), as the kernel noted it at `connect`;
    /// nil if it cannot be told.
    private static func peer(of channel: any Channel) -> EventLoopFuture<uid_t?> {
        guard let provider = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededFuture(nil)
        }
        let credentials: EventLoopFuture<PeerCredentials> = provider.unsafeGetSocketOption(
            level: .init(rawValue: SOL_SOCKET), name: .init(rawValue: SO_PEERCRED))
        return credentials.map { $0.uid as uid_t? }.recover { _ in nil }
    }
}

/// The kernel's `struct ucred`, which the C library shows only to those who ask for GNU's extensions.
private struct PeerCredentials: Sendable {
    var pid: pid_t
    var uid: uid_t
    var gid: gid_t
}
