import CSpawn
import Dispatch
import Glibc

/// Signals as events.
struct Signals {
    private let sources: [any DispatchSourceSignal]

    /// Calls `handler` for each of these signals until ``cancel()``; none of them does anything else from now on.
    init(_ numbers: [Int32], _ handler: @escaping @Sendable (Int32) -> Void) {
        sources = numbers.map { number in
            // Dispatch reports a signal but leaves its default action alone; that of SIGCONT is wanted.
            if number != SIGCONT { signal(number, SIG_IGN) }
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { handler(number) }
            source.activate()
            return source
        }
    }

    func cancel() {
        for source in sources { source.cancel() }
    }

    /// Ends the process by the signal, as if nothing had been done about it.
    static func die(by number: Int32) -> Never {
        signal(number, SIG_DFL)
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, number)
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(number)
        exit(128 + number)
    }
}
