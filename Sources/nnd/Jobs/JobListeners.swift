import Foundation

/// Those who want to know when something about a job has changed.
///
/// They are told that, not what: whoever is slow sees the newest status next and holds nothing back.
struct JobListeners {
    private var byJob: [Int: [UUID: AsyncStream<Void>.Continuation]] = [:]

    /// A stream that is told of every change. `onEnd` is called when its reader has gone and is to be
    /// removed.
    mutating func add(
        to job: Int, onEnd: @escaping @Sendable (UUID) -> Void
    ) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = UUID()
        byJob[job, default: [:]][id] = continuation
        continuation.onTermination = { _ in onEnd(id) }
        return stream
    }

    mutating func remove(_ listener: UUID, from job: Int) {
        byJob[job]?[listener] = nil
        if byJob[job]?.isEmpty == true { byJob[job] = nil }
    }

    func signal(_ job: Int) {
        for continuation in byJob[job, default: [:]].values { continuation.yield() }
    }

    /// Ends the streams of a job that is no more.
    mutating func finish(_ job: Int) {
        guard let listeners = byJob.removeValue(forKey: job) else { return }
        for continuation in listeners.values { continuation.finish() }
    }
}
