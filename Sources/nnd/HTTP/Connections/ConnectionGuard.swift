package import Control
package import NIOCore
package import NIOHTTP1

/// Keeps one connection within its ``ConnectionLimits``: closes it when a request does not become whole or an answer is not
/// taken in time, and answers what is not HTTP, or comes on a connection too many, with a problem document.
///
/// Stands behind the decoder, before anything that knows of routes.
package final class ConnectionGuard: ChannelDuplexHandler {
    package typealias InboundIn = HTTPServerRequestPart
    package typealias InboundOut = HTTPServerRequestPart
    package typealias OutboundIn = HTTPServerResponsePart
    package typealias OutboundOut = HTTPServerResponsePart

    private let limits: ConnectionLimits
    /// What the first request is answered with, if it is not to be served.
    private let refusal: Problem?
    /// Requests that were handed on and whose answers have not ended.
    private var openRequests = 0
    private var isAnswerBegun = false
    /// Nothing that still comes is looked at.
    private var isOver = false
    private var isEnding = false
    private var isReadingBody = false
    /// Of the request whose body is being read.
    private var isAnswered = false
    /// Something of the next request has come before the answers were through.
    private var isNextBegun = false
    private var request: Scheduled<Void>?
    private var stall: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    package init(_ limits: ConnectionLimits, refusal: Problem? = nil) {
        self.limits = limits
        self.refusal = refusal
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { expectRequest(context, limits.head) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        expectRequest(context, limits.head)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        cancelTimers()
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        cancelTimers()
    }

    /// Says that bytes have come, before the decoder makes something of them.
    func bytesCame() {
        guard let context, !isOver, !isReadingBody, request == nil else { return }
        if openRequests > 0 {
            isNextBegun = true
        } else {
            expectRequest(context, limits.head)
        }
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head:
            if let refusal { return answer(refusal, context) }
            openRequests += 1
            isReadingBody = true
            isNextBegun = false
            expectRequest(context, isEnding ? limits.stallAtEnd : limits.body)
        case .body:
            if isAnswered { return }
        case .end:
            (isReadingBody, isAnswered) = (false, false)
            request?.cancel()
            request = nil
        }
        context.fireChannelRead(data)
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        if isAnswered, !isOver { context.read() }
        context.fireChannelReadComplete()
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // The answer that waits for its turn is the one that counts.
        guard !isOver else {
            promise?.fail(ChannelError.eof)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head: isAnswerBegun = true
        case .body: break
        case .end:
            openRequests -= 1
            isAnswerBegun = false
            if isNextBegun, openRequests == 0, request == nil { expectRequest(context, limits.head) }
            if isReadingBody, openRequests == 0 { dropBody(context) }
        }
        context.write(data, promise: promise)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isOver else { return }
        if isAnswered {
            // What is wrong with the rest of a body that nobody waits for needs no answer.
            isOver = true
            return context.close(promise: nil)
        }
        // Beside an answer that is under way there is no place for another.
        guard let error = error as? HTTPParserError, !isAnswerBegun, openRequests <= 1 else {
            context.fireErrorCaught(error)
            return
        }
        refuse(Problem(error, limits), context)
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        watchStall(context)
        context.fireChannelWritabilityChanged()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Whoever handles the connection would close it, while an answer waits for its turn.
        if isOver, event as? ChannelEvent == .inputClosed { return }
        if event is ChannelShouldQuiesceEvent {
            isEnding = true
            watchStall(context)
            if isReadingBody, !isOver { expectRequest(context, limits.stallAtEnd) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func expectRequest(_ context: ChannelHandlerContext, _ time: TimeAmount) {
        request?.cancel()
        request = close(context, in: time)
    }

    /// Reads the rest of a body that nobody waits for any more, without keeping it: a client may look for its answer only when it
    /// has sent everything.
    private func dropBody(_ context: ChannelHandlerContext) {
        isAnswered = true
        context.read()
    }

    private func watchStall(_ context: ChannelHandlerContext) {
        stall?.cancel()
        stall =
            context.channel.isWritable
            ? nil : close(context, in: isEnding ? limits.stallAtEnd : limits.stall)
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }

    private func cancelTimers() {
        request?.cancel()
        stall?.cancel()
        (request, stall) = (nil, nil)
    }

    /// Answers at the ``RefusalPace``.
    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        let delay = limits.refusals.delay()
        guard delay > .zero, !isEnding else { return answer(problem, context) }
        isOver = true
        cancelTimers()
        request = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { self.answer(problem, context) }
    }

    /// The last thing that the connection brings.
    private func answer(_ problem: Problem, _ context: ChannelHandlerContext) {
        isOver = true
        cancelTimers()
        guard let body = try? WireJSON.encode(problem) else { return context.close(promise: nil) }
        var headers: HTTPHeaders = [
            "Content-Type": Problem.contentType, "Content-Length": "\(body.count)", "Connection": "close",
        ]
        if let seconds = problem.code.retryAfter { headers.add(name: "Retry-After", value: "\(seconds)") }
        let head = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: problem.code.httpStatus), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }
}
