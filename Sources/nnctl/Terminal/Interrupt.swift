import Dispatch
import Glibc

/// Ctrl-C as an event instead of an end.
enum Interrupt {
    /// Returns at the first SIGINT, or when the task is cancelled. From the first call on the signal no
    /// longer ends the process.
    static func first() async {
        let (interrupts, continuation) = AsyncStream.makeStream(of: Void.self)
        // Dispatch reports a signal but leaves its default action alone.
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler { continuation.yield() }
        source.activate()
        defer { source.cancel() }
        for await _ in interrupts { return }
    }
}
