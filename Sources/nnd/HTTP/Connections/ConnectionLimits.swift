package import NIOCore

/// What a connection may take, so that no client, by mistake or on purpose, holds up the others or the daemon's end.
package struct ConnectionLimits: Sendable {
    /// How many connections are served at once; the ones above are told to come again.
    package var connections = ConnectionAllowance()
    /// How many more are accepted to be told so; the rest waits in the kernel's queue.
    package var refusedAtOnce = 64
    /// How many may wait there; the kernel has a limit of its own.
    package var backlog = 1024
    /// From the connection's beginning, or a later request's first byte, to the end of the request's header fields.
    package var head = TimeAmount.seconds(10)
    /// From a request's header fields to the end of its body.
    package var body = TimeAmount.seconds(30)
    /// Between requests.
    package var idle = TimeAmount.seconds(30)
    /// How long a client may take nothing of an answer while more of it waits.
    package var stall = TimeAmount.minutes(10)
    /// As `stall` and `body`, once the daemon is to end.
    package var stallAtEnd = TimeAmount.seconds(2)
    /// How much of an answer may wait in the daemon for a client to take it, besides the piece that is being written.
    package var waitingBytes = ChannelOptions.Types.WriteBufferWaterMark(low: 8 << 10, high: 16 << 10)
    /// Of all connections of the daemon together.
    package var refusals = RefusalPace()
    /// Of the first line, and of each header field.
    package var fieldBytes = 16 << 10
    /// Of all header fields together.
    package var headBytes = 64 << 10
    package var fields = 100

    package init() {}
}
