import Glibc

/// Ctrl-C as an event instead of an end.
enum Interrupt {
    /// Returns at the first SIGINT, or when the task is cancelled. From the first call on the signal no
    /// longer ends the process.
    static func first() async {
        let (interrupts, continuation) = AsyncStream.makeStream(of: Void.self)
        let signals = Signals([SIGINT]) { _ in continuation.yield() }
        defer { signals.cancel() }
        for await _ in interrupts { return }
    }
}
