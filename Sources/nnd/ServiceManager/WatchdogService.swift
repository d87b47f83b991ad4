import Control
import ServiceLifecycle

/// Tells the service manager that the daemon is alive, for as long as the supervisor answers: a daemon whose supervisor
/// is stuck is started anew.
struct WatchdogService: Service {
    let manager: ServiceManager
    let interval: Duration
    let supervisor: JobSupervisor

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let status = ServiceStatus(await supervisor.jobCounts())
            manager.notify("WATCHDOG=1", "STATUS=\(status.text)")
            // Twice as often as has to be, as sd_watchdog_enabled(3) recommends.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: interval / 2) }
        }
    }
}

/// What `systemctl status` shows.
struct ServiceStatus: Sendable {
    let counts: JobCounts

    init(_ counts: JobCounts) { self.counts = counts }

    var text: String {
        let (running, queued) = (counts[.running], counts[.queued])
        let jobs = running == 1 ? "1 job" : "\(running) jobs"
        return queued == 0 ? "\(jobs) running" : "\(jobs) running, \(queued) queued"
    }
}
