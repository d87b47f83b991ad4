import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Answers the requests of one listener.
struct APIResponder: Sendable {
    /// What was being written ended with the client's fault.
    private struct AnswerCutShort: Error {}

    let router: any HTTPResponder<APIContext>
    /// nil where the kernel tells who asks.
    let token: TokenCheck?
    let audit: AuditLog
    let refusals: RefusalPace
    let logger: Logger

    /// Leaves the thread of the connection, which has others to wait for.
    ///
    /// - Throws: What ends the connection: a client that is gone, or that sends what is no HTTP.
    @concurrent
    private func respondElsewhere(
        to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        var writer = Optional(writer)
        try await withTaskExecutorPreference(globalConcurrentExecutor) {
            guard let writer = writer.take() else { return }
            try await respond(to: request, with: writer, on: channel)
        }
    }

    /// - Throws: What ends the connection: a client that is gone, or that sends what is no HTTP.
    @concurrent
    private func respond(
        to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        var logger = logger
        // Under this name the framework looks for it too.
        logger[metadataKey: "hb.request.id"] = "\(RequestID())"
        let context = APIContext(source: .init(channel: channel, logger: logger))
        var response: Response
        do {
            if let refusal = try token?.refusal(of: request) {
                audit.add(refusal: refusal.status, of: request.method)
                response = refusal
            } else {
                response = try await router.respond(to: request, context: context)
            }
        } catch let error as HTTPParserError {
            throw error
        } catch {
            logger.error("request without an answer", metadata: ["error": "\(error)"])
            response = Response(status: .internalServerError)
        }
        if response.status.kind == .clientError {
            // Cancelled, it is answered at once.
            try? await Task.sleep(for: Duration(refusals.delay()))
        }
        response.headers[.date] = HTTPDate.now
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // As it is, it would be answered a second time.
            throw AnswerCutShort()
        }
    }
}

extension APIResponder {
    /// The same for requests that must carry a token.
    func requiring(_ token: TokenCheck) -> APIResponder {
        APIResponder(router: router, token: token, audit: audit, refusals: refusals, logger: logger)
    }

    /// HTTP/1.1 with these answers.
    ///
    /// A connection on which nothing is asked is closed after a while, so that it cannot hold up a graceful
    /// shutdown for ever.
    func http1(_ limits: ConnectionLimits) -> HTTP1Channel {
        HTTP1Channel(
            responder: respondElsewhere(to:with:on:),
            configuration: .init(
                idleTimeout: limits.idle,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.fieldBytes, maxHeaderListSize: limits.headBytes,
                    maxHeaderFieldCount: limits.fields)))
    }
}
