import Logging
import Spec

/// Running jobs again by themselves.
extension JobSupervisor {
    /// Lets a job that waits be queued when the pause before its restart is over.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - restart: Counted from 1.
    func enqueueLater(_ id: Int, restart: Int) {
        // When the daemon starts again the job is queued at once.
        guard !isShuttingDown, let rule = (try? entries[id]?.spec?.get())?.restart else { return }
        let pause = rule.pause(before: restart)
        logger.notice(
            "job waits to be run again",
            metadata: ["job": .stringConvertible(id), "restart": "\(restart)", "seconds": "\(pause)"])
        entries[id]?.restart?.cancel()
        entries[id]?.restart = Task { [weak self] in
            guard (try? await Task.sleep(for: .seconds(pause))) != nil else { return }
            await self?.retry(id)
        }
    }

    private func retry(_ id: Int) async {
        // Somebody may have stopped or resumed it just now.
        guard entries[id]?.lifecycle.state == .waiting, !isShuttingDown else { return }
        await attempt(.retry, id)
    }
}
