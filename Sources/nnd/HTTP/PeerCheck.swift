import HummingbirdCore
import Logging
import NIOCore
import Store

/// Lets in those whom the ``Admission`` lets in, and tells each request who asks (``Caller/current``).
struct PeerCheck<Inner: ServerChildChannel>: ServerChildChannel {
    /// A connection and who is at its other end.
    struct Value: ServerChildChannelValue {
        let inner: Inner.Value
        let caller: Caller

        var channel: any Channel { inner.channel }
    }

    let inner: Inner
    let admission: Admission
    let audit: AuditLog

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let caller = Self.caller(of: channel)
        let audit = audit
        let isAdmitted = caller.map(admission.admits) ?? false
        return inner.setup(channel: channel, logger: logger).map { value in
            // Closed only once it is set up: a failed set-up would end the server's sequence
            // of connections.
            let user = caller.map { "\($0.uid)" } ?? "unknown"
            if isAdmitted {
                logger.debug("connection", metadata: ["uid": "\(user)"])
            } else {
                let entry = AuditEntry(
                    uid: caller?.uid, pid: caller?.pid, method: AuditEntry.connect, path: "", status: 403)
                // Said once, however often he comes.
                if audit.add(entry) { logger.warning("connection refused", metadata: ["uid": "\(user)"]) }
                channel.close(promise: nil)
            }
            return Value(inner: value, caller: isAdmitted ? caller ?? .unknown : .unknown)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await Caller.$current.withValue(value.caller) {
            await inner.handle(value: value.inner, logger: logger)
        }
    }

    /// nil if it cannot be told.
    private static func caller(of channel: any Channel) -> Caller? {
        let transport = channel.pipeline.syncOperations
        let caller = try? transport.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            Caller(atOtherEndOf: $0)
        }
        return caller ?? nil
    }
}
