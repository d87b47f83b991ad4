import Glibc
import Synchronization

/// Has a keeper end everything that a helper has started, and waits until that is so; not for ever, should something be in its way.
final class HelperEnd: Sendable {
    /// The keeper needs two seconds; one that takes so long is killed itself.
    private static let patience = Duration.seconds(20)
    /// For what those may still write whom a keeper that was killed has left behind.
    private static let remainder = Duration.seconds(2)

    private let keeper: pid_t
    private let state: Mutex<State>

    private struct State {
        /// When this is closed the keeper ends everything.
        var pipe: Int32?
        var asked: ContinuousClock.Instant?
    }

    /// - Parameters:
    ///   - keeper: Its id; a child of this process for which nobody else waits.
    ///   - pipe: The end of one whose other end it has.
    init(_ keeper: pid_t, pipe: Int32) {
        self.keeper = keeper
        state = Mutex(State(pipe: pipe))
    }

    func ask() {
        state.withLock { state in
            guard let pipe = state.pipe else { return }
            close(pipe)
            state = State(asked: .now)
        }
    }

    /// Waits for the keeper, and for the end of what is written; blocks.
    ///
    /// - Parameters:
    ///   - output: What the helper's processes write to; is closed.
    ///   - take: Gets what they write.
    /// - Returns: How the keeper has ended.
    func wait(_ output: Int32, _ take: (ArraySlice<UInt8>) -> Void) -> HelperProcess.Exit {
        var (isOpen, chunk) = (true, [UInt8](repeating: 0, count: 4096))
        var end: (exit: HelperProcess.Exit, limit: ContinuousClock.Instant)?
        defer { close(output) }
        while true {
            if end == nil { end = exit.map { ($0, .now + Self.remainder) } }
            if let end, !isOpen || .now >= end.limit { return end.exit }
            if end == nil, isOverdue { kill(keeper, SIGKILL) }
            // Who closes it last is the keeper, and has ended then.
            var entry = pollfd(fd: isOpen ? output : -1, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&entry, 1, isOpen ? 500 : 1) > 0 else { continue }
            let count = unsafe read(output, &chunk, chunk.count)
            if count > 0 { take(chunk[..<count]) } else if count == 0 || errno != EINTR { isOpen = false }
        }
    }

    private var isOverdue: Bool {
        state.withLock { $0.asked.map { .now >= $0 + Self.patience } ?? false }
    }

    /// How the keeper has ended; nil while it has not.
    private var exit: HelperProcess.Exit? {
        var status: Int32 = 0
        guard unsafe waitpid(keeper, &status, WNOHANG) == keeper else { return nil }
        let signal = status & 0x7f
        return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
    }
}
