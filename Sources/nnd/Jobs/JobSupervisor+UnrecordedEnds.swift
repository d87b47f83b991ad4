import Control
import Logging
import Store

/// Ends of runs that the store could not be told of at once.
extension JobSupervisor {
    private static let pause = Duration.seconds(2)

    /// Lets the job count as paused, and goes on trying to record what became of it.
    ///
    /// - Parameters:
    ///   - end: How its run has ended.
    ///   - before: What it was doing until then.
    ///   - id: The job.
    ///   - error: Why that could not be recorded.
    /// - Returns: What those are told who wait for the end.
    func recordLater(_ end: JobEnd, of before: JobLifecycle, _ id: Int, _ error: any Error) -> Problem {
        let problem = Problem(
            .storage,
            "The run of job `\(before.name)` has ended, and that could not be stored: \(error). It is as soon as the disk takes "
                + "writes; should the daemon end before that, the job runs again.")
        var after = before
        // Somebody may have resumed it meanwhile. One that was put off by a shutdown goes on as an interrupted one.
        guard let actions = try? after.apply(.ended(end)), entries[id]?.lifecycle == after,
            after.state != .queued || !isShuttingDown
        else { return problem }
        let cause =
            switch end {
            case .halted(let reason), .failed(let reason): reason
            case .completed, .stoppedEarly, .yielded, .crowded: "\(error)"
            }
        logger.error(
            "the end of the run could not be stored; job paused",
            metadata: ["job": "\(id)", "reason": "\(cause)", "error": "\(error)"])
        entries[id]?.lifecycle = Self.paused(after)
        entries[id]?.unrecorded = UnrecordedEnd(lifecycle: after, actions: actions, reason: cause)
        Task { [weak self] in
            repeat {
                guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
            } while await self?.recordEnd(id) == false
        }
        return problem
    }

    /// Tries to record the end of a job's last run.
    ///
    /// - Returns: False if it is worth trying again.
    func recordEnd(_ id: Int) async -> Bool {
        // Somebody may just be stopping or resuming it.
        guard let end = entries[id]?.unrecorded else { return true }
        guard entries[id]?.lifecycle.state == .paused else { return false }
        entries[id]?.lifecycle = end.lifecycle
        do {
            for action in end.actions { try await perform(action, id, nil, nil) }
            listeners.signal(id)
            return true
        } catch {
            if entries[id]?.lifecycle == end.lifecycle { entries[id]?.lifecycle = Self.paused(end.lifecycle) }
            return (error as? StoreError)?.isOutsideTheJob != true
        }
    }

    private static func paused(_ lifecycle: JobLifecycle) -> JobLifecycle {
        JobLifecycle(name: lifecycle.name, state: .paused, restarts: lifecycle.restarts)
    }
}
