package import NIOCore

/// Tells a ``ConnectionGuard`` of the first bytes of a request, of which it would hear nothing before the decoder has all header
/// fields.
///
/// Stands before the decoder.
package final class RequestBytes: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer

    private let connection: ConnectionGuard

    package init(of connection: ConnectionGuard) {
        self.connection = connection
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.bytesCame()
        context.fireChannelRead(data)
    }
}
