import Control
import Dispatch
import Glibc

/// What `nnctl top` reacts to.
enum TopEvent: Sendable {
    case keys([UInt8])
    case signal(Int32)
    case jobs([JobStatus])
    /// What was measured of a job; nil when that could not be had.
    case curves(Int, [MetricPoint]?)
    /// The daemon does not answer; it is asked again.
    case away
    /// What became of a key's wish.
    case done(TopState.Message)
    case failed(any Error)
    /// The terminal has gone.
    case hangUp

    /// The bytes of the keyboard, until the source is cancelled.
    static func keyboard(_ events: AsyncStream<TopEvent>.Continuation) -> any DispatchSourceRead {
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO)
        source.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: 1024)
            let count = unsafe read(STDIN_FILENO, &bytes, bytes.count)
            if count > 0 {
                events.yield(.keys(Array(bytes.prefix(count))))
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                events.yield(.hangUp)
            }
        }
        source.activate()
        return source
    }
}
