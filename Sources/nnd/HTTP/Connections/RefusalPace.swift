package import NIOCore
import Synchronization

/// How fast the daemon answers requests that are refused: a broken client that tries again and again, or one that
/// guesses, is slowed down to what the daemon has to spare beside a training.
///
/// A leaky bucket as ATM's virtual scheduling has it (ITU-T I.371, generic cell rate algorithm): up to `burst` of them are
/// answered at once, and then `perSecond` a second; the others wait for their turn, but not longer than `longest`.
package final class RefusalPace: Sendable {
    private let interval: TimeAmount
    private let tolerance: TimeAmount
    private let longest: TimeAmount
    /// When the bucket will have run empty.
    private let empty: Mutex<NIODeadline?>

    package init(perSecond: Int64 = 50, burst: Int64 = 100, longest: TimeAmount = .seconds(2)) {
        interval = .nanoseconds(1_000_000_000 / perSecond)
        tolerance = interval * burst
        self.longest = longest
        empty = Mutex(nil)
    }

    /// How long the answer to one more refused request has to wait.
    package func delay(at now: NIODeadline = .now()) -> TimeAmount {
        empty.withLock { empty in
            let begin = max(empty ?? now, now)
            let delay = max(begin + interval - now - tolerance, .zero)
            guard delay <= longest else { return longest }
            empty = begin + interval
            return delay
        }
    }
}
