import Control
import Foundation

/// Makes each line of a job's updates once, however many follow the job.
///
/// A follower holds the one line that it has not taken yet: who is slow misses what lies between, never the newest, and
/// costs no memory and nobody else's time.
actor StatusFeeds {
    typealias Lines = AsyncThrowingStream<StatusLine, any Error>

    private struct Follower {
        let lines: Lines.Continuation
        /// Whether it has got a line yet.
        var isNew = true
    }

    private struct Feed {
        var followers: [UUID: Follower] = [:]
        var last: StatusLine?
    }

    private let supervisor: JobSupervisor
    private var feeds: [Int: Feed] = [:]

    init(supervisor: JobSupervisor) {
        self.supervisor = supervisor
    }

    /// The newest line at once and one for every change, until the job is removed or its status cannot be read.
    func lines(of job: Int) async -> Lines {
        let (stream, continuation) = Lines.makeStream(bufferingPolicy: .bufferingNewest(1))
        let follower = UUID()
        continuation.onTermination = { [weak self] _ in Task { await self?.leave(follower, job) } }
        if feeds[job] == nil {
            feeds[job] = Feed()
            Task { await run(job) }
        }
        feeds[job]?.followers[follower] = Follower(lines: continuation)
        await supervisor.wake(job)
        return stream
    }

    /// Lives as long as anybody follows the job.
    private func run(_ job: Int) async {
        // Before the first look, so that no change falls between.
        let changes = await supervisor.changes(of: job)
        guard await look(job) else { return }
        for await _ in changes {
            guard await look(job) else { return }
        }
        finish(job)
    }

    /// - Returns: Whether there is more to do.
    private func look(_ job: Int) async -> Bool {
        guard feeds[job]?.followers.isEmpty == false else {
            feeds[job] = nil
            return false
        }
        do {
            hand(try StatusLine(try await supervisor.status(id: job)), job)
        } catch {
            finish(job, throwing: error)
            return false
        }
        await pause(feeds[job]?.followers.count ?? 0)
        return true
    }

    private func hand(_ line: StatusLine, _ job: Int) {
        guard var feed = feeds[job] else { return }
        let isChange = line.cursor != feed.last?.cursor
        feed.last = line
        for (id, follower) in feed.followers where isChange || follower.isNew {
            follower.lines.yield(line)
            feed.followers[id]?.isNew = false
        }
        feeds[job] = feed
    }

    /// Five hundred lines a second are enough for all of a job's followers: what more of them would cost, the training lacks.
    private func pause(_ followers: Int) async {
        guard followers > 50 else { return }
        try? await Task.sleep(for: .milliseconds(2 * followers))
    }

    private func leave(_ follower: UUID, _ job: Int) async {
        feeds[job]?.followers[follower] = nil
        // So that the feed sees that it is alone.
        if feeds[job]?.followers.isEmpty == true { await supervisor.wake(job) }
    }

    private func finish(_ job: Int, throwing error: (any Error)? = nil) {
        guard let feed = feeds.removeValue(forKey: job) else { return }
        for follower in feed.followers.values { follower.lines.finish(throwing: error) }
    }
}
