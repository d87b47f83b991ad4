import ServiceLifecycle

/// Ends the daemon when a client asks for it: the service group shuts down gracefully as soon as
/// this service returns.
struct ShutdownRequest: Service {
    private let requests: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (requests, continuation) = AsyncStream.makeStream(of: Void.self)
    }

    func send() {
        continuation.finish()
    }

    func run() async throws {
        for await _ in requests.cancelOnGracefulShutdown() {}
    }
}
