import CSpawn
import Dispatch
import Glibc
import Synchronization

/// Signals as events.
package struct Signals {
    /// What ends a process that does nothing about it, and is sent to end it.
    static let deadly = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    private static let queue = DispatchQueue(label: "signals")
    /// By signal: how Dispatch handles it. It sees to that only the first time in a process.
    private static let actions = Mutex<[Int32: sigaction]>([:])

    private let numbers: [Int32]
    private let sources: [any DispatchSourceSignal]

    /// Calls `handler` for each of these signals until ``cancel()``; when this returns none of them does anything else, but that
    /// SIGCONT still lets the process go on. Until then they do what they always do: none is lost.
    package init(_ numbers: [Int32], _ handler: @escaping @Sendable (Int32) -> Void) {
        self.numbers = numbers
        let registrations = DispatchGroup()
        sources = numbers.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: Self.queue)
            registrations.enter()
            source.setRegistrationHandler { registrations.leave() }
            source.setEventHandler { handler(number) }
            source.activate()
            return source
        }
        registrations.wait()
        for number in numbers { Self.handle(number) }
    }

    /// Has Dispatch handle the signal again where ``restore()`` has put an end to that.
    private static func handle(_ number: Int32) {
        actions.withLock { actions in
            if var action = actions[number] {
                _ = unsafe sigaction(number, &action, nil)
            } else {
                var action = sigaction()
                if unsafe sigaction(number, nil, &action) == 0 { actions[number] = action }
            }
        }
    }

    package func cancel() {
        for source in sources { source.cancel() }
    }

    /// Cancels, and gives the signals their usual effect back.
    package func restore() {
        cancel()
        for number in numbers { signal(number, SIG_DFL) }
    }

    /// Whether somebody has seen to it that the signal does nothing, as nohup does.
    static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0 else { return false }
        // SIG_IGN is the number 1, which is no function that could be compared.
        return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self) == 1
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
